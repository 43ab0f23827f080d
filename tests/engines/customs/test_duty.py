"""Customs duty: what parcels and stock owe, market by market; each case carries its arithmetic in words."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from supercargo.engines.customs.duty.additional import additional_duties, bearing
from supercargo.reference.law import Law

TEE, SHOES, TOYS, WATCH, BAGS = "610910", "640299", "950300", "910211", "420222"

GOLDEN = [
    # EU: free to 150 EUR until June 2026, 3 EUR for each category until June 2028, then the tariff from the first cent
    ("the day before the flat duty, 150.00 is free", "CN-DE 2026-06-30 EUR", [f"{TEE} 150.00"], {}, "0.00"),
    ("a cent above, 12 % of 150.01 is 18.0012", "CN-DE 2026-06-30 EUR", [f"{TEE} 150.01"], {}, "18.00"),
    ("from 1 July 2026 one category owes 3.00, however many pieces", "CN-DE 2026-07-01 EUR", [f"{TEE} 100.00 x5"], {"schemes": {"IOSS"}}, "3.00"),
    ("T-shirt and watch are two categories: 3.00 + 3.00", "CN-DE 2026-07-15 EUR", [f"{TEE} 20.00", f"{WATCH} 50.00"], {}, "6.00"),
    ("two lines of one subheading are one category", "CN-DE 2026-07-15 EUR", [f"{TEE} 20.00", f"{TEE} 50.00"], {}, "3.00"),
    ("above 150 EUR the tariff: 12 % of 150.01", "CN-DE 2026-07-15 EUR", [f"{TEE} 150.01"], {}, "18.00"),
    ("freight is in the value of stock: 12 % of 200 + 6", "CN-DE 2026-07-15 EUR", [f"{TEE} 200.00"], {"freight": "6", "business": "commercial"}, "24.72"),
    ("from July 2028 the tariff holds for ten euros too", "CN-DE 2028-07-01 EUR", [f"{TEE} 10.00"], {}, "1.20"),
    # GB
    ("135.00 GBP is free of duty", "CN-GB 2024-07-15 GBP", [f"{TEE} 135.00"], {}, "0.00"),
    ("135.01 GBP owes 12 %, 16.2012", "CN-GB 2024-07-15 GBP", [f"{TEE} 135.01"], {}, "16.20"),
    ("watches owe 20 pence each: three owe 0.60", "CN-GB 2026-07-15 GBP", [f"{WATCH} 300.00 x3"], {}, "0.60"),
    # US: 16.5 % tariff, 7.5 % list 4A of Section 301, 10 % Section 122
    ("a Chinese T-shirt of 100 USD: 16.50 + 7.50 + 10.00", "CN-US 2026-07-15 USD", [f"{TEE} 100.00"], {}, "34.00"),
    ("a Vietnamese one: 16.50 + 10.00", "VN-US 2026-07-15 USD", [f"{TEE} 100.00"], {}, "26.50"),
    ("origin decides, not dispatch: Chinese goods from Vietnam", "VN-US 2026-07-15 USD", [f"{TEE} 100.00 CN"], {}, "34.00"),
    ("in March 2025, 800.00 USD from Vietnam was free", "VN-US 2025-03-15 USD", [f"{TEE} 800.00"], {}, "0.00"),
    ("and 800.01 owed 16.5 %, 132.00165", "VN-US 2025-03-15 USD", [f"{TEE} 800.01"], {}, "132.00"),
    ("on 1 May 2025 Chinese goods of 800 USD were still free", "CN-US 2025-05-01 USD", [f"{TEE} 800.00"], {}, "0.00"),
    ("on 2 May 2025 they owed 16.5 + 7.5 + 20 + 125 %", "CN-US 2025-05-02 USD", [f"{TEE} 100.00"], {}, "169.00"),
    ("by post from China 30 % in September 2025", "CN-US 2025-09-01 USD", [f"{TEE} 100.00"], {"mode": "post"}, "30.00"),
    ("by post from Hong Kong 20 % from 10 November 2025", "HK-US 2025-11-10 USD", [f"{TEE} 100.00"], {"mode": "post"}, "20.00"),
    ("by post from anywhere 10 % from 24 February 2026", "VN-US 2026-02-24 USD", [f"{TEE} 100.00"], {"mode": "post"}, "10.00"),
    ("since 24 July 2026 the rate by post is not known", "CN-US 2026-07-24 USD", [f"{TEE} 100.00"], {"mode": "post"}, {"LAW-411"}),
    # Brazil: 20 % to 50 USD, above 60 % less 20 USD in the programme; 60 % outside it
    ("in the programme 50.00 USD owes 20 %", "CN-BR 2026-07-15 USD", [f"{TEE} 50.00"], {"channel": "marketplace", "tax_rate": "17"}, "10.00"),
    ("50.01 owes 60 % less 20: 30.01 - 20.00", "CN-BR 2026-07-15 USD", [f"{TEE} 50.01"], {"channel": "marketplace", "tax_rate": "17"}, "10.01"),
    ("an own site is outside the programme: 60 % of 50", "CN-BR 2026-07-15 USD", [f"{TEE} 50.00"], {"tax_rate": "17"}, "30.00"),
    ("a seller in the programme: 20 %", "CN-BR 2026-07-15 USD", [f"{TEE} 50.00"], {"schemes": {"REMESSA-CONFORME"}, "tax_rate": "17"}, "10.00"),
    ("above 3,000 USD no simplified import", "CN-BR 2026-07-15 USD", [f"{TEE} 3000.01"], {"channel": "marketplace", "tax_rate": "17"}, {"DUTY-410"}),
    # Indonesia: 7.5 %, but 25 % on clothing, bags and shoes, 15 % on watches, nothing on books
    ("up to 3 USD free", "CN-ID 2026-07-15 USD", [f"{TEE} 3.00"], {}, "0.00"),
    ("clothing of 3.01 USD owes 25 %, 0.7525", "CN-ID 2026-07-15 USD", [f"{TEE} 3.01"], {}, "0.75"),
    ("toys owe the general 7.5 %", "CN-ID 2026-07-15 USD", [f"{TOYS} 100.00"], {}, "7.50"),
    ("watches 15 %", "CN-ID 2026-07-15 USD", [f"{WATCH} 100.00"], {}, "15.00"),
    ("books nothing", "CN-ID 2026-07-15 USD", ["490199 100.00"], {}, "0.00"),
    ("the day before the list, clothing owed 7.5 % here, with a doubt", "CN-ID 2025-03-04 USD", [f"{TEE} 100.00"], {}, "7.50"),
    ("above 1,500 USD the tariff, which is not known", "CN-ID 2026-07-15 USD", [f"{TOYS} 1500.01"], {}, {"DUTY-404"}),
    # Russia: 5 % but at least 1 EUR for each kilogram; before, 15 % of what exceeds 200 EUR, at least 2 EUR for each kilogram
    ("200.00 EUR is free, whatever the weight", "CN-RU 2026-07-15 EUR", [f"{TEE} 200.00"], {}, "0.00"),
    ("5 % of 300 is 15.00, 10 kg cost at least 10.00", "CN-RU 2026-07-15 EUR", [f"{TEE} 300.00 10kg"], {}, "15.00"),
    ("20 kg cost at least 20.00", "CN-RU 2026-07-15 EUR", [f"{TEE} 300.00 20kg"], {}, "20.00"),
    ("without the weight no answer above 200 EUR", "CN-RU 2026-07-15 EUR", [f"{TEE} 300.00"], {}, {"DUTY-406"}),
    ("in 2024, 15 % of 300 less 30", "CN-RU 2024-06-01 EUR", [f"{TEE} 300.00 2kg"], {}, "15.00"),
    ("in 2024, 10 kg cost at least 20.00", "CN-RU 2024-06-01 EUR", [f"{TEE} 300.00 10kg"], {}, "20.00"),
    # Canada: 20 CAD, but 150 for a courier parcel that starts in the US or Mexico
    ("from China 20.00 CAD is free", "CN-CA 2026-07-15 CAD", [f"{TEE} 20.00"], {}, "0.00"),
    ("20.01 owes 18 %, 3.6018", "CN-CA 2026-07-15 CAD", [f"{TEE} 20.01"], {}, "3.60"),
    ("from the US 150.00 is free, though made in China", "US-CA 2026-07-15 CAD", [f"{TEE} 150.00 CN"], {}, "0.00"),
    ("150.01 owes 18 %, 27.0018", "US-CA 2026-07-15 CAD", [f"{TEE} 150.01 CN"], {}, "27.00"),
    ("made in the US but sent from China is not shipped from the US", "CN-CA 2026-07-15 CAD", [f"{TEE} 100.00 US"], {}, "18.00"),
    ("by post from the US the ladder for couriers does not hold", "US-CA 2026-07-15 CAD", [f"{TEE} 100.00 CN"], {"mode": "post"}, "18.00"),
    # Korea, Mexico, Türkiye: ladders of their own
    ("Korea frees US goods to 200 USD, wherever they start", "CN-KR 2026-07-15 USD", [f"{TEE} 200.00 US"], {}, "0.00"),
    ("and Chinese goods to 150: 13 % of 150.01", "US-KR 2026-07-15 USD", [f"{TEE} 150.01 CN"], {"duty_rate": "13"}, "19.50"),
    ("Mexico takes 33.5 % of 100 USD from China", "CN-MX 2026-07-15 USD", [f"{TEE} 100.00"], {}, "33.50"),
    ("and 17 % of 117.00 from the US", "US-MX 2026-07-15 USD", [f"{TEE} 117.00"], {}, "19.89"),
    ("and 19 % of 117.01", "US-MX 2026-07-15 USD", [f"{TEE} 117.01"], {}, "22.23"),
    ("Türkiye took 60 % of 30 EUR", "CN-TR 2024-09-15 EUR", [f"{TEE} 30.00"], {}, "18.00"),
    ("and 30 % from any member of the EU", "DE-TR 2024-09-15 EUR", [f"{TEE} 30.00 CN"], {}, "9.00"),
    ("since February 2026 the tariff alone", "CN-TR 2026-02-06 EUR", [f"{TEE} 30.00"], {"duty_rate": "10"}, "3.00"),
    # Norway: below 3,000 NOK each under VOEC
    ("2,999.99 NOK under VOEC is free", "CN-NO 2026-07-15 NOK", [f"{TEE} 2999.99"], {"schemes": {"VOEC"}}, "0.00"),
    ("3,000.00 is not below 3,000: 10.7 %", "CN-NO 2026-07-15 NOK", [f"{TEE} 3000.00"], {"schemes": {"VOEC"}}, "321.00"),
    ("two of 2,999.99 are each below", "CN-NO 2026-07-15 NOK", [f"{TEE} 5999.98 x2"], {"schemes": {"VOEC"}}, "0.00"),
    ("each line by itself: 2,000 is free, 5,000 owes 535.00", "CN-NO 2026-07-15 NOK", [f"{TEE} 2000.00", "610463 5000.00"], {"schemes": {"VOEC"}}, "535.00"),
    ("without VOEC the tariff from the first krone", "CN-NO 2026-07-15 NOK", [f"{TEE} 100.00"], {}, "10.70"),
    # the rest
    ("Malaysia counts freight: 400 + 100 is at the limit of 500", "CN-MY 2026-07-15 MYR", [f"{TEE} 400.00"], {"freight": "100", "schemes": {"MY-LVG"}}, "0.00"),
    ("401 + 100 is above, and the tariff is not known", "CN-MY 2026-07-15 MYR", [f"{TEE} 401.00"], {"freight": "100", "schemes": {"MY-LVG"}}, {"DUTY-404"}),
    ("Hong Kong has no duty", "CN-HK 2026-07-15 HKD", [f"{TEE} 1000.00"], {}, "0.00"),
    ("a code that the tariff does not hold is refused", "CN-IN 2026-07-15 INR", [f"{TEE} 1000.00"], {"business": "commercial"}, {"DUTY-404"}),
    ("a rate that a person gives stands in its place: 8 % of 76,792", "CN-IN 2026-07-15 INR", [f"{TEE} 70000"],
     {"freight": "6792", "business": "commercial", "duty_rate": "8"}, "6143.36"),
]  # fmt: skip


@pytest.mark.parametrize(("way", "lines", "more", "duty"), [case[1:] for case in GOLDEN], ids=[case[0] for case in GOLDEN])
def test_duty(amounts, way, lines, more, duty):
    found = amounts(["duty"], way, *lines, **more)
    assert found == (duty if isinstance(duty, set) else {"duty": duty})


def test_post_without_a_known_rate_by_value_is_reported(landed):
    answer = landed("VN-US 2025-09-01 USD", f"{TEE} 100.00", mode="post")
    assert answer.amounts["duty"].shown() == "16.50 USD"
    assert [finding.severity for finding in answer.findings if finding.code == "DUTY-215"] == ["warning"]


def measure(name, listed="all", **extra):
    return SimpleNamespace(key=f"us.additional_duties.{name}", kind="percent", extra={"list": listed, **extra})


def test_a_measure_takes_the_place_of_the_list_on_which_the_goods_stood():
    old, new = measure("list_3", "301-3"), measure("gloves", "4yr-gloves", instead_of=["301-3"])
    assert bearing([old, new], {"301-3"}) == [old]
    assert bearing([old, new], {"301-3", "4yr-gloves"}) == [new]


def test_a_measure_keeps_another_away_only_where_it_bears_itself():
    metals, surcharge = measure("section_232_metals", "232-metals", not_with=["section_122"]), measure("section_122")
    assert bearing([metals, surcharge], {"232-metals"}) == [metals]
    assert bearing([metals, surcharge], set()) == [surcharge]


def test_an_unknown_measure_is_left_out_and_said():
    added = additional_duties(Law(date(2026, 7, 24)), "US", TEE, "CN")
    assert {finding.path for finding in added.findings if finding.code == "DUTY-211"} >= {"us.additional_duties.section_122"}
    assert "122" not in " ".join(rate.name for rate in added.rates)
