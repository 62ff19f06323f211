"""What a supplier says of a stone, as columns, and the rules that hold for them wherever they stand."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from bourse.vocabulary.availability import Availability


class Claims(models.Model):
    """What a supplier says of a stone, in the vocabulary's words; "" and null mean not given.

    market.claims makes these columns of a row that was read, the two keys included, by which a company's next
    file finds the row again.
    """

    stock_key = models.CharField(max_length=80, blank=True)  # the stock number without regard to capitals
    report_key = models.CharField(
        max_length=61, blank=True
    )  # laboratory and report number, if they name a stone
    supplier_stock_number = models.CharField(max_length=60, blank=True)
    laboratory = models.CharField(max_length=20, blank=True)
    report_number = models.CharField(max_length=40, blank=True)
    growth = models.CharField(max_length=20)
    shape = models.CharField(max_length=30)
    weight_ct = models.DecimalField(max_digits=8, decimal_places=3)
    colour = models.CharField(max_length=3, blank=True)
    colour_to = models.CharField(max_length=3, blank=True)
    fancy_colour = models.CharField(max_length=60, blank=True)
    fancy_intensity = models.CharField(max_length=30, blank=True)
    fancy_overtone = models.CharField(max_length=60, blank=True)
    clarity = models.CharField(max_length=5, blank=True)
    clarity_to = models.CharField(max_length=5, blank=True)
    cut = models.CharField(max_length=25, blank=True)
    polish = models.CharField(max_length=25, blank=True)
    symmetry = models.CharField(max_length=25, blank=True)
    fluorescence = models.CharField(max_length=15, blank=True)
    fluorescence_colour = models.CharField(max_length=10, blank=True)
    length_mm = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    width_mm = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    depth_mm = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    depth_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    table_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    girdle_from = models.CharField(max_length=20, blank=True)
    girdle_to = models.CharField(max_length=20, blank=True)
    culet = models.CharField(max_length=20, blank=True)
    treatment = models.CharField(max_length=200, blank=True)
    stones = models.PositiveIntegerField(default=1)
    goods = models.CharField(max_length=10, default="single", db_default="single")
    pair_stock_number = models.CharField(max_length=60, blank=True, db_default="")
    pair_is_separable = models.BooleanField(null=True)
    country = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=100, blank=True)
    city = models.CharField(max_length=100, blank=True)
    image_urls = ArrayField(models.TextField(), default=list)
    video_urls = ArrayField(models.TextField(), default=list)
    certificate_url = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    particulars = models.JSONField(default=dict)  # every other public field, by its name in the dictionary
    private = models.JSONField(default=dict)  # cost and the like: for the supplier's own people alone
    ask_cents = models.BigIntegerField(null=True)  # US cents for the whole stone or parcel; null is "no ask"
    cash_ask_cents = models.BigIntegerField(null=True)  # the same for cash; ask_cents is on memo or credit
    priced_in = models.CharField(max_length=3, blank=True, db_default="")  # "" is US dollars
    rate = models.DecimalField(max_digits=18, decimal_places=8, null=True)  # US dollars for one unit of it
    rate_date = models.DateField(null=True)
    availability = models.CharField(max_length=25)

    class Meta:
        abstract = True


class Goods(models.TextChoices):
    SINGLE = "single"
    PAIR = "pair"
    PARCEL = "parcel"


def claims_are_sane(table: str) -> list[models.CheckConstraint]:
    """The rules that hold for claims wherever they stand."""
    known = [state.value for state in Availability]
    return [
        models.CheckConstraint(condition=Q(weight_ct__gt=0), name=f"{table}_weight_is_positive"),
        models.CheckConstraint(
            condition=Q(ask_cents=None) | Q(ask_cents__gt=0), name=f"{table}_ask_is_positive_or_absent"
        ),
        models.CheckConstraint(
            condition=Q(cash_ask_cents=None) | Q(cash_ask_cents__gt=0),
            name=f"{table}_cash_ask_is_positive_or_absent",
        ),
        models.CheckConstraint(
            condition=Q(priced_in="", rate=None, rate_date=None)
            | (~Q(priced_in="") & Q(rate__gt=0, rate__isnull=False, rate_date__isnull=False)),
            name=f"{table}_other_currency_has_its_rate_and_date",
        ),
        models.CheckConstraint(condition=Q(goods__in=Goods.values), name=f"{table}_goods_are_known"),
        models.CheckConstraint(condition=Q(availability__in=known), name=f"{table}_availability_is_known"),
        models.CheckConstraint(
            condition=~Q(shape="") & ~Q(growth=""), name=f"{table}_shape_and_growth_are_given"
        ),
        models.CheckConstraint(
            condition=~Q(colour="") | ~Q(fancy_colour=""), name=f"{table}_colour_or_fancy_colour_is_given"
        ),
        models.CheckConstraint(condition=Q(stones__gte=1), name=f"{table}_has_a_stone"),
        models.CheckConstraint(
            condition=Q(stock_key="", supplier_stock_number="")
            | (~Q(stock_key="") & ~Q(supplier_stock_number="")),
            name=f"{table}_stock_number_has_its_key",
        ),
    ]
