"""Who collects the tax of a band: the marketplace, the seller, or customs at the border."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supercargo.engines.tax.rates import shows_prices_without_tax
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said
from supercargo.reference.law import EU

if TYPE_CHECKING:
    from supercargo.engines.consignment import Channel, Consignment
    from supercargo.reference.law import Band, Law

AT_SALE, AT_IMPORT, NOWHERE = "at sale", "at import", "nowhere"
MARKETPLACE, SELLER, CUSTOMS, NOBODY, BUYER_STATE = (
    "marketplace", "seller", "customs, from the importer", "nobody", "marketplace or seller, by the buyer's state",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Collection:
    """Where the tax is taken and by whom."""

    where: str
    collector: str
    findings: tuple[Finding, ...] = ()


def collection(way: Consignment, band: Band, law: Law, ladder_key: str) -> Collection:
    """Decide where and by whom the tax of a band is collected for this seller and channel."""
    match band.treatment:
        case "at_sale":
            return _at_sale(way, band, law, ladder_key)
        case "at_import":
            return Collection(AT_IMPORT, CUSTOMS)
        case "sales_tax":
            return Collection(NOWHERE, BUYER_STATE, (_sales_tax(ladder_key),))
        case "in_duty":
            return Collection(NOWHERE, CUSTOMS)
        case _:
            return Collection(NOWHERE, NOBODY)


def _at_sale(way: Consignment, band: Band, law: Law, ladder_key: str) -> Collection:
    if way.channel == "marketplace":
        return Collection(AT_SALE, MARKETPLACE)
    if band.scheme in way.schemes:
        return Collection(AT_SALE, SELLER)
    if band.when_unregistered == "free" and _has_threshold(band, law):
        return Collection(NOWHERE, NOBODY, (_below_threshold(way, band, law, ladder_key),))
    if band.optional or band.when_unregistered == "at_import":
        return Collection(AT_IMPORT, CUSTOMS)
    return Collection(AT_SALE, SELLER, (_must_register(way, band, ladder_key),))


def _has_threshold(band: Band, law: Law) -> bool:
    return bool(band.registration) and law.knows(band.registration) and law.amount(band.registration).amount > 0


def _below_threshold(way: Consignment, band: Band, law: Law, ladder_key: str) -> Finding:
    limit = law.amount(band.registration).shown()
    message = said(
        "no tax is charged because you hold no {scheme} registration; that is right only while sales to {market} stay below {limit} a year",
        scheme=band.scheme, market=way.market, limit=limit,
    )  # fmt: skip
    return Finding(
        "TAX-301", "warning", "schemes", message, "watch the threshold; above it register and charge the tax at the sale", ladder_key
    )


def _must_register(way: Consignment, band: Band, ladder_key: str) -> Finding:
    message = said(
        "sales of this value to {market} need the registration {scheme}, which you do not hold", market=way.market, scheme=band.scheme
    )
    return Finding(
        "TAX-302",
        "warning",
        "schemes",
        message,
        "register before the first sale, or sell through a marketplace that collects the tax",
        ladder_key,
    )


def _sales_tax(ladder_key: str) -> Finding:
    message = "sales tax is added at the checkout by the buyer's state; it is not part of this amount"
    return Finding(
        "TAX-303", "note", "market", message, "watch your nexus in each state; marketplaces collect it for their sellers", ladder_key
    )


def stock_collector(law: Law, market: str, *, marketplace: bool, established: bool) -> str:
    """Name who collects the tax on stock sold in a market: a marketplace for sellers from abroad, else the seller."""
    if not marketplace or established:
        return SELLER
    keys = [f"{market.lower()}.collection.{name}" for name in ("stock_in_country", "marketplace_facilitator", "fulfilment")]
    keys += ["eu.collection.deemed_supplier"] if market in EU else []
    return MARKETPLACE if any(law.knows(key) for key in keys) else SELLER


def price_includes_tax(law: Law, market: str, direct: bool, channel: Channel, schemes: frozenset[str]) -> bool:  # noqa: FBT001 - named at every call
    """Tell whether the price that a buyer sees has the tax of the market inside it.

    Stock sold in the market: by the market's custom (``vat.price_display``). A parcel sent directly:
    when every band of the ladder takes the tax at the sale or at the import; where a band is free, the
    declared value is the whole price, which errs on the side of more duty.
    """
    if shows_prices_without_tax(law, market):
        return False
    if not direct:
        return law.rate(f"{market.lower()}.vat.standard").amount > 0
    ladder = law.ladder(law.key_for(market, "customs.parcel_tax"))
    return all(
        band.treatment == "at_import" or (band.treatment == "at_sale" and _sold(band, channel, schemes, law)) for band in ladder.bands
    )


def _sold(band: Band, channel: Channel, schemes: frozenset[str], law: Law) -> bool:
    """Tell whether the tax of a band leaves the price at all: at the sale, or at the border."""
    free = band.when_unregistered == "free" and _has_threshold(band, law)
    return channel == "marketplace" or band.scheme in schemes or not free
