"""Who acts for a company is known to its own people and to the operator."""

import pytest

from bourse.kit.refusal import NotThere
from bourse.members.models import Company
from bourse.members.queries import actors_of
from cast import Cast


def public_id(company_id: int | None) -> str:
    return Company.objects.get(pk=company_id).public_id


def test_colleagues_and_the_operator_see_who_acts_in_the_order_of_joining(cast: Cast) -> None:
    sellers = public_id(cast.asha.company_id)
    for asker in (cast.asha, cast.vera, cast.omar):
        assert actors_of(asker, sellers) == [cast.asha, cast.tara, cast.vera]


def test_a_stranger_sees_no_company(cast: Cast) -> None:
    with pytest.raises(NotThere):
        actors_of(cast.carl, public_id(cast.asha.company_id))
    with pytest.raises(NotThere):
        actors_of(cast.omar, "nowhere")
