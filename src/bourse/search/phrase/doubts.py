"""What a phrase leaves open: the words, and what is asked about them."""

from typing import NamedTuple

SIZE = "Read as the size that begins there. For that weight alone type it with two decimals: 1.00."
COUNT = "How many are wanted is no filter. A weight is typed as 2.00 or 2 ct."
GRAINS = "A grain is a quarter of a carat: read from there up to the next."
TOTAL_OR_PER_CARAT = "Read as the price of the whole stone. Type total, or per carat."
EXACT_DISCOUNT = "Read as just that distance from the list. For it or better type: -25 or better."
FANCY_GRADE = "Read as every strength of the colour. For the grade Fancy alone type: intensity fancy."
GROWN_OR_TREATED = "HPHT grows a stone and treats one. Type HPHT grown, or HPHT treated."
ALLOWED = "What is allowed is no filter: left aside."
ABOUT = "How far around? Type a range: 1.45-1.55."
BACKWARDS = "The range runs backwards. Which end was meant?"
FRACTION = "Type the weight with a point: 0.75."
LONE_LETTER = "A colour, or something else? Type colour S."
WHAT_NUMBER = "A weight, a price, or the number of a stone? Type ct, $, stock no or report no beside it."
CITY_OR_STATE = "Read as the city. The lists of suppliers name the country, and some the state."
PROGRAMME = "Read as the brand. A report of origin has the same name: type provenance beside it."
EITHER = "Read as another range that would do as well. For one range type both of its ends: 1.50-1.60."
SPACED = "Read as one grade. For a weight behind it type 1 ct."
FLAWLESS = "Read as flawless, without fluorescence. For fluorescence alone type fluor none."
TWO_WISHES = (
    "Read as one wish: each of these shapes in each of the grades and weights. Ask for one at a time."
)
COMPARED = "Is the grade itself wanted as well? Type VS1+, or VS2-SI1."
UNIT = "This number counts something that no filter knows."


class Doubt(NamedTuple):
    """Words of a phrase that may mean something else than was read, and what would make it plain."""

    words: str
    question: str

    def __str__(self) -> str:
        return f"{self.words}: {self.question}"
