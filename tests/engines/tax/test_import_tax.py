"""VAT and GST on imports: how much, where it is taken, by whom; each case carries its arithmetic in words."""

from __future__ import annotations

import pytest

TEE, SHOES, TOYS = "610910", "640299", "950300"
IOSS, NONE = {"schemes": {"IOSS"}}, {}
SELLER, MARKET, CUSTOMS, NOBODY = "seller", "marketplace", "customs, from the importer", "nobody"

GOLDEN = [
    # sentence, way, lines, more, tax at sale, tax at import, collector
    ("IOSS: 19 % of 40 + 6 is 8.74, of the flat duty of 3 is 0.57", "CN-DE 2026-07-15 EUR", [f"{TEE} 40"], {"freight": "6"} | IOSS, "9.31", "0.00", SELLER),
    ("without IOSS at the border: 19 % of 40 + 6 + 3", "CN-DE 2026-07-15 EUR", [f"{TEE} 40"], {"freight": "6"}, "0.00", "9.31", CUSTOMS),
    ("the marketplace is the deemed supplier", "CN-DE 2026-07-15 EUR", [f"{TEE} 40"], {"freight": "6", "channel": "marketplace"}, "9.31", "0.00", MARKET),
    ("before the flat duty: 19 % of 46", "CN-DE 2026-06-30 EUR", [f"{TEE} 40"], {"freight": "6"} | IOSS, "8.74", "0.00", SELLER),
    ("above 150 EUR at the border: 19 % of 150.01 + 18.00", "CN-DE 2026-06-30 EUR", [f"{TEE} 150.01"], IOSS, "0.00", "31.92", CUSTOMS),
    ("two T-shirts and shoes to France: 20 % of 90, and 1.20 on 6.00", "CN-FR 2026-07-15 EUR", [f"{TEE} 40 x2", f"{SHOES} 50"], IOSS, "19.20", "0.00", SELLER),
    ("stock: 19 % of 206 + 24.72", "CN-DE 2026-07-15 EUR", [f"{TEE} 200"], {"freight": "6", "business": "commercial"}, "0.00", "43.84", CUSTOMS),
    ("21.99 EUR before July 2021 was free", "CN-DE 2021-06-30 EUR", [f"{TEE} 21.99"], NONE, "0.00", "0.00", NOBODY),
    ("the United Kingdom to 135.00 at the sale: 20 %", "CN-GB 2024-07-15 GBP", [f"{TEE} 135.00"], {"schemes": {"UK-SALE-VAT"}}, "27.00", "0.00", SELLER),
    ("135.01 at the border: 20 % of 135.01 + 16.20", "CN-GB 2024-07-15 GBP", [f"{TEE} 135.01"], NONE, "0.00", "30.24", CUSTOMS),
    ("Australia to 1,000.00 at the sale: 10 % of 1,000 + 50", "CN-AU 2026-07-15 AUD", [f"{TEE} 1000"], {"freight": "50", "schemes": {"AU-LVG"}}, "105.00", "0.00", SELLER),
    ("nobody below the threshold of registration", "CN-AU 2026-07-15 AUD", [f"{TEE} 1000"], NONE, "0.00", "0.00", NOBODY),
    ("1,000.01 at the border: 10 % of goods, 5 % duty of 50.00, freight 50", "CN-AU 2026-07-15 AUD", [f"{TEE} 1000.01"], {"freight": "50"}, "0.00", "110.00", CUSTOMS),
    ("Brazil within itself: 140 x 17 % / 83 % is 28.6747", "CN-BR 2026-07-15 USD", [f"{TEE} 100"], {"channel": "marketplace", "tax_rate": "17"}, "0.00", "28.67", CUSTOMS),
    ("Mexico's rate contains the tax", "CN-MX 2026-07-15 USD", [f"{TEE} 100"], NONE, "0.00", "0.00", CUSTOMS),
    ("above 2,500 USD Mexico takes 16 % of 2,500.01 + 250.00", "CN-MX 2026-07-15 USD", [f"{TEE} 2500.01"], {"duty_rate": "10"}, "0.00", "440.00", CUSTOMS),
    ("Türkiye above 30 EUR took 20 % of 30.01 + 3.00", "CN-TR 2024-09-15 EUR", [f"{TEE} 30.01"], {"duty_rate": "10"}, "0.00", "6.60", CUSTOMS),
    ("South Africa: 15 % of 1,000 + 10 % uplift + 450 duty", "CN-ZA 2026-07-15 ZAR", [f"{TEE} 1000"], {"business": "commercial", "duty_rate": "45"}, "0.00", "232.50", CUSTOMS),
    ("Canada: 5 % of 100 + 18.00, freight left out", "CN-CA 2026-07-15 CAD", [f"{TEE} 100"], {"freight": "9"}, "0.00", "5.90", CUSTOMS),
    ("from the US 40.00 CAD is free", "US-CA 2026-07-15 CAD", [f"{TEE} 40 CN"], NONE, "0.00", "0.00", NOBODY),
    ("and 40.01 owes 5 %", "US-CA 2026-07-15 CAD", [f"{TEE} 40.01 CN"], NONE, "0.00", "2.00", CUSTOMS),
    ("Ontario joins both taxes: 13 % of 118", "CN-CA 2026-07-15 CAD", [f"{TEE} 100"], {"region": "ON"}, "0.00", "15.34", CUSTOMS),
    ("Quebec adds 9.975 %: 14.975 % of 118 is 17.6705", "CN-CA 2026-07-15 CAD", [f"{TEE} 100"], {"region": "QC"}, "0.00", "17.67", CUSTOMS),
    ("the Azores have 16 %: of 40 + 3", "CN-PT 2026-07-15 EUR", [f"{TEE} 40"], {"region": "AZORES"}, "0.00", "6.88", CUSTOMS),
    ("Malaysia takes 10 % of the goods alone", "CN-MY 2026-07-15 MYR", [f"{TEE} 100"], {"freight": "20", "schemes": {"MY-LVG"}}, "10.00", "0.00", SELLER),
    ("600 MYR in two items is low value each", "CN-MY 2026-07-15 MYR", [f"{TEE} 600 x2"], {"schemes": {"MY-LVG"}, "duty_rate": "5"}, "60.00", "0.00", SELLER),
    ("Switzerland does not levy 5.00: 8.1 % of 61.72 is 4.99932", "CN-CH 2026-07-15 CHF", [f"{TOYS} 61.72"], NONE, "0.00", "0.00", CUSTOMS),
    ("61.79 owes 5.00499, which is 5.00", "CN-CH 2026-07-15 CHF", [f"{TOYS} 61.79"], NONE, "0.00", "0.00", CUSTOMS),
    ("61.80 owes 5.0058, 5.01", "CN-CH 2026-07-15 CHF", [f"{TOYS} 61.80"], NONE, "0.00", "5.01", CUSTOMS),
    ("two lines are judged together: 1.62 + 2.43 is not levied", "CN-CH 2026-07-15 CHF", [f"{TOYS} 20", f"{SHOES} 30"], NONE, "0.00", "0.00", CUSTOMS),
    ("1.62 + 4.86 is, though each alone would not be", "CN-CH 2026-07-15 CHF", [f"{TOYS} 20", f"{SHOES} 60"], NONE, "0.00", "6.48", CUSTOMS),
    ("Russia's parcels of 2024 contained the tax", "CN-RU 2024-06-01 EUR", [f"{TEE} 300 2kg"], NONE, "0.00", "0.00", CUSTOMS),
    ("Russia since July 2026: 22 % of 300 + 15", "CN-RU 2026-07-15 EUR", [f"{TEE} 300 10kg"], NONE, "0.00", "69.30", CUSTOMS),
    ("Norway each line by itself: 25 % of 2,000 at the sale, of 5,000 + 535 at the border", "CN-NO 2026-07-15 NOK",
     [f"{TEE} 2000", "610463 5000"], {"schemes": {"VOEC"}}, "500.00", "1383.75", f"{SELLER} / {CUSTOMS}"),
    ("a rate that a person gives: 21 % of 76,792 + 6,143.36", "CN-IN 2026-07-15 INR", [f"{TEE} 70000"],
     {"freight": "6792", "business": "commercial", "duty_rate": "8", "tax_rate": "21"}, "0.00", "17416.43", CUSTOMS),
]  # fmt: skip


@pytest.mark.parametrize(
    ("way", "lines", "more", "sale", "border", "collector"), [case[1:] for case in GOLDEN], ids=[case[0] for case in GOLDEN]
)
def test_import_tax(landed, way, lines, more, sale, border, collector):
    answer = landed(way, *lines, **more)
    amounts = {name: answer.amounts[name].shown().partition(" ")[0] for name in ("tax_at_sale", "tax_at_import")}
    assert amounts == {"tax_at_sale": sale, "tax_at_import": border}
    assert str(answer.words["collector"]) == collector


REFUSED = [
    ("Malaysia above the limit has no single rate", "CN-MY 2026-07-15 MYR", [f"{TEE} 600"], {"schemes": {"MY-LVG"}, "duty_rate": "5"}),
    ("stock to Malaysia neither", "CN-MY 2026-07-15 MYR", [f"{TEE} 100"], {"business": "commercial", "duty_rate": "5"}),
    ("Brazil's rate is the state's", "CN-BR 2026-07-15 USD", [f"{TEE} 100"], {"channel": "marketplace"}),
    ("a day before the records of the rate", "CN-DE 1967-12-31 EUR", [f"{TEE} 100"], {"business": "commercial", "duty_rate": "5"}),
]


@pytest.mark.parametrize(("way", "lines", "more"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_no_rate_is_a_refusal_with_a_remedy(landed, way, lines, more):
    answer = landed(way, *lines, **more)
    assert not answer.amounts
    assert answer.exit_code == 1
    errors = [finding for finding in answer.findings if finding.severity == "error"]
    assert {"TAX-404"} <= {finding.code for finding in errors} or "1967" in way
    assert all(str(finding.remedy) for finding in errors)


@pytest.mark.parametrize(
    ("way", "more", "code"),
    [
        ("CN-AU 2026-07-15 AUD", {}, "TAX-301"),
        ("CN-US 2026-07-15 USD", {}, "TAX-303"),
        ("CN-CA 2026-07-15 CAD", {"region": "ZZ"}, "TAX-205"),
    ],
)
def test_what_the_seller_must_mind_is_said(landed, way, more, code):
    assert code in {finding.code for finding in landed(way, f"{TEE} 100", **more).findings}
