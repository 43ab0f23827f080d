"""What goods are worth to customs, and what handling costs at the border."""

from __future__ import annotations

import pytest

TEE, SHOES = "610910", "640299"

VALUES = [
    ("Germany values with carriage: 100 + 10 + 2", "CN-DE 2026-07-15 EUR", "112.00"),
    ("the United States without", "CN-US 2026-07-15 USD", "100.00"),
    ("Canada without", "CN-CA 2026-07-15 CAD", "100.00"),
    ("Australia without", "CN-AU 2026-07-15 AUD", "100.00"),
    ("Japan with, in whole yen", "CN-JP 2026-07-15 JPY", "112"),
]


@pytest.mark.parametrize(("way", "value"), [case[1:] for case in VALUES], ids=[case[0] for case in VALUES])
def test_customs_value(amounts, way, value):
    found = amounts(["customs_value"], way, f"{TEE} 100", freight="10", insurance="2", business="commercial", duty_rate="0", tax_rate="0")
    assert found == {"customs_value": value}


FEES = [
    ("an express parcel to the US pays 1.34 for its waybill", "CN-US 2026-07-15 USD", [f"{TEE} 100"], {}, "1.34"),
    ("once, though it holds three lines", "CN-US 2026-07-15 USD", [f"{TEE} 100", f"{SHOES} 100", "950300 10"], {}, "1.34"),
    ("above 2,500 USD it is no express consignment", "CN-US 2026-07-15 USD", [f"{TEE} 2500.01"], {}, "0.00"),
    ("at 2,500.00 it still is", "CN-US 2026-07-15 USD", [f"{TEE} 2500.00"], {}, "1.34"),
    ("the limit looks at the whole of two lines", "CN-US 2026-07-15 USD", [f"{TEE} 2000", f"{SHOES} 501"], {}, "0.00"),
    ("by post 7.39", "CN-US 2026-07-15 USD", [f"{TEE} 100"], {"mode": "post"}, "7.39"),
    ("stock by sea of 10,000: 0.3464 % is 34.64, harbour 0.125 % is 12.50", "CN-US 2026-07-15 USD", [f"{TEE} 10000"],
     {"business": "commercial", "mode": "sea"}, "47.14"),
    ("of 3,000: at least 33.58, harbour 3.75", "CN-US 2026-07-15 USD", [f"{TEE} 3000"], {"business": "commercial", "mode": "sea"}, "37.33"),
    ("of 200,000: at most 651.50, harbour 250.00", "CN-US 2026-07-15 USD", [f"{TEE} 200000"], {"business": "commercial", "mode": "sea"}, "901.50"),
    ("of 2,500.00: informal 2.69, harbour 3.125", "CN-US 2026-07-15 USD", [f"{TEE} 2500"], {"business": "commercial", "mode": "sea"}, "5.82"),
    ("of two lines, 6,000 + 4,000: on the whole value, once", "CN-US 2026-07-15 USD", [f"{TEE} 6000", f"{SHOES} 4000"],
     {"business": "commercial", "mode": "sea"}, "47.14"),
    ("France takes 2.00 for each line of the declaration", "CN-FR 2026-06-30 EUR", [f"{TEE} 40", f"{SHOES} 50"], {}, "4.00"),
    ("two lines of one subheading are declared as one", "CN-FR 2026-06-30 EUR", [f"{TEE} 40", f"{TEE} 50"], {}, "2.00"),
    ("and nothing above 150 EUR", "CN-FR 2026-06-30 EUR", [f"{TEE} 150.01"], {}, "0.00"),
    ("New Zealand takes 1.28 for each kilogram by post: 2.5 kg", "CN-NZ 2026-07-15 NZD", [f"{TEE} 100 2.5kg"], {"mode": "post"}, "3.20"),
]  # fmt: skip


@pytest.mark.parametrize(("way", "lines", "more", "fees"), [case[1:] for case in FEES], ids=[case[0] for case in FEES])
def test_fees(amounts, way, lines, more, fees):
    assert amounts(["fees"], way, *lines, **more) == {"fees": fees}


def test_a_fee_by_weight_without_the_weight_is_an_error_and_no_zero(landed):
    answer = landed("CN-NZ 2026-07-15 NZD", f"{TEE} 100", mode="post")
    assert not answer.answered
    assert [finding.path for finding in answer.findings if finding.code == "FEE-411"] == ["nz.fees.goods_management_levy_post"]


def test_a_fee_whose_amount_is_not_known_is_an_error(landed):
    answer = landed("CN-US 2026-10-01 USD", f"{TEE} 100")
    assert answer.exit_code == 1
    assert "us.fees.express_consignment" in {finding.path for finding in answer.findings if finding.code == "FEE-411"}
