"""Units as they are the same in all languages: their signs, and what one of them is in the base of its dimension.

A key's first part is what is meant where no country or kind is said: a "dollar" may be a "dollar_us".
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from compare.facts.values import Unit

_ROWS = """
share whole 1
share percent .01 %
share permille .001 ‰
share points
share basis_points
length km 1000 km
length m 1 m
length cm .01 cm
length mm .001 mm
length mile 1609.344
length nautical_mile 1852 nmi
length foot .3048 ft
length inch .0254
length yard .9144 yd yds
area m2 1 m² m2 sqm
area km2 1e6 km² km2
area cm2 1e-4 cm² cm2
area mile2 2589988.11
area foot2 .09290304 ft²
area yard2 .83612736
area hectare 1e4 ha
area acre 4046.8564
volume litre .001 l
volume ml 1e-6 ml
volume cl 1e-5 cl
volume gallon .003785412
volume gallon_imperial .00454609
volume pint .000473176
volume pint_imperial .000568261
volume quart .000946353
volume barrel .158987
volume m3 1 m³ m3
volume foot3 .0283168 ft³
mass kg 1 kg kgs
mass g .001 g
mass mg 1e-6 mg
mass ton_metric 1000 t
mass ton_short 907.18474
mass ton_long 1016.0469
mass pound .45359237 lb lbs
mass ounce .028349523 oz
mass stone 6.35029318
speed km/h .2777778 km/h kmh kph
speed mph .44704 mph
speed m/s 1 m/s
speed knot .5144444 kn
heat degree_c 1 °c ℃
heat degree_f .5555556 °f ℉
heat degree - °
heat kelvin
time second 1
time minute 60 min
time hour 3600 h
time day 86400
time week 604800
time fortnight 1209600
time month 2629746
time year 31556952
time decade 315569520
time century 3155695200
power watt 1 w
power kw 1e3 kw
power mw 1e6 mw
power gw 1e9 gw
power tw 1e12 tw
energy kwh 1 kwh
energy mwh 1e3 mwh
energy gwh 1e6 gwh
energy twh 1e9 twh
data bit -
data kb 1e3 kb
data mb 1e6 mb
data gb 1e9 gb
data tb 1e12 tb
data pb 1e15 pb
voltage v 1 v
voltage kv 1e3 kv
frequency hz 1 hz
frequency khz 1e3 khz
frequency mhz 1e6 mhz
frequency ghz 1e9 ghz
sound db 1 db
money dollar - $
money dollar_us - us$ usd
money dollar_au - a$ au$ aud
money dollar_ca - c$ ca$ cad
money dollar_nz - nz$ nzd
money dollar_hk - hk$ hkd
money dollar_sg - s$ sg$ sgd
money dollar_tw - nt$ twd
money euro - € eur
money pound - £
money pound_gb - gbp
money pound_eg - egp
money yen - ¥ jpy
money yuan - rmb cny cn¥
money ruble - ₽ rub
money rupee - rs
money rupee_in - ₹ inr
money rupee_pk - pkr
money franc_ch - chf
money crown - kr
money crown_se - sek
money crown_no - nok
money crown_dk - dkk
money crown_cz - czk
money hryvnia - ₴ uah
money lira - ₺ try
money won - ₩ krw
money dirham - aed
money riyal - sar
money shekel - ₪ ils
money peso_mx - mxn mex$
money real - r$ brl
money rand - zar
money zloty - pln zł
money forint - huf
money baht - ฿ thb
money naira - ₦ ngn
money taka - ৳ bdt
money bitcoin - ₿ btc"""
_FREEZING = -17.77778
"""0 °F in °C: a heat is no multiple of another."""
_KELVIN = -273.15


class Measure(NamedTuple):
    """A unit of a dimension: `amount * factor + shift` is the amount in the dimension's base."""

    factor: float
    shift: float = 0.0


@cache
def signs() -> dict[str, tuple[str, str]]:
    """Dimension and key by sign, in lower case."""
    return {sign: (dimension, key) for dimension, key, _, *written in _rows() for sign in written}


@cache
def currencies() -> frozenset[str]:
    """Signs of one character that stand before or behind an amount."""
    return frozenset(sign for sign, (dimension, _) in signs().items() if dimension == "money" and len(sign) == 1)


@cache
def measures(dimension: str, key: str) -> tuple[Measure, ...]:
    """What a unit may be worth; none where that is not fixed, as of money."""
    specific = [row for row in _rows() if row[0] == dimension and (row[1] == key or row[1].startswith(f"{key}_"))]
    shifts = {"degree_f": _FREEZING, "kelvin": _KELVIN}
    return tuple(
        Measure(float(factor), shifts.get(name, 0.0)) for _, name, factor, *_ in specific if factor not in {"", "-"}
    )


def is_measured(unit: Unit) -> bool:
    """Whether tables say what a unit is worth: not of money, nor of points and basis points."""
    return any(measures(dimension, unit.key) for dimension in unit.dimension.split("/"))


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    rows = (line.split() for line in _ROWS.strip().splitlines())
    return tuple((*row, "") if len(row) == 2 else tuple(row) for row in rows)  # noqa: PLR2004  # no factor
