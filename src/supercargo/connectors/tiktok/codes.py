"""TikTok's columns, statuses and fees, and what they are with us."""

from __future__ import annotations

from supercargo.connectors.market.codes import turned
from supercargo.connectors.raw.header import plain

ORDER_COLUMNS: dict[str, tuple[str, ...]] = {
    "order": ("Order ID",), "order_status": ("Order Status",), "substatus": ("Order Substatus",), "sku_id": ("SKU ID",),
    "seller_sku": ("Seller SKU",), "product": ("Product Name",), "variation": ("Variation",), "quantity": ("Quantity",),
    "unit_price": ("SKU Unit Original Price",), "goods": ("SKU Subtotal Before Discount",),
    "seller_discount": ("SKU Seller Discount",), "platform_discount": ("SKU Platform Discount",),
    "goods_after": ("SKU Subtotal After Discount",), "shipping": ("Shipping Fee After Discount",), "taxes": ("Taxes",),
    "order_amount": ("Order Amount",), "refund": ("Order Refund Amount",), "created": ("Created Time",), "paid": ("Paid Time",),
    "fulfilment": ("Fulfillment Type",), "buyer": ("Buyer Username",), "country": ("Country",),
}  # fmt: skip
ORDER_REQUIRED = ("order", "order_status", "sku_id", "seller_sku", "quantity", "goods", "order_amount", "created")
ORDER_MARKS = ("unit_price", "seller_discount", "platform_discount", "goods_after", "fulfilment", "buyer")
ORDER_HEADING = (
    "Order ID", "Order Status", "Order Substatus", "Cancelation/Return Type", "Normal or Pre-order", "SKU ID", "Seller SKU", "Product Name",
    "Variation", "Quantity", "Sku Quantity of return", "SKU Unit Original Price", "SKU Subtotal Before Discount", "SKU Platform Discount",
    "SKU Seller Discount", "SKU Subtotal After Discount", "Shipping Fee After Discount", "Original Shipping Fee",
    "Shipping Fee Seller Discount", "Shipping Fee Platform Discount", "Payment platform discount", "Taxes", "Order Amount",
    "Order Refund Amount", "Created Time", "Paid Time", "RTS Time", "Shipped Time", "Delivered Time", "Cancelled Time", "Cancel By",
    "Cancel Reason", "Fulfillment Type", "Warehouse Name", "Tracking ID", "Delivery Option", "Shipping Provider Name", "Buyer Message",
    "Buyer Username", "Recipient", "Phone #", "Zipcode", "Country", "State", "Post Town", "Detail Address",
    "Additional address information", "Payment Method", "Weight(kg)", "Product Category", "Package ID", "Seller Note", "Checked Status",
    "Checked Marked by",
)  # fmt: skip
"""The columns of the export in their order, as it is rendered."""

STATUSES = turned(
    {
        "pending": ("Unpaid", "On hold", "Belum dibayar", "ยังไม่ชำระเงิน", "รอชำระเงิน", "Chưa thanh toán", "待付款", "未付款"),
        "paid": (
            "To ship", "Awaiting shipment", "Awaiting collection", "Perlu dikirim", "Menunggu pengiriman", "Menunggu pengambilan",
            "ที่จะจัดส่ง", "ที่ต้องจัดส่ง", "รอการจัดส่ง", "Cần gửi", "Chờ vận chuyển", "Chờ lấy hàng", "待发货",
        ),
        "shipped": ("Shipped", "In transit", "Dikirim", "Dalam pengiriman", "จัดส่งแล้ว", "Đã vận chuyển", "Đã gửi", "已发货", "运输中"),
        "delivered": (
            "Delivered", "Completed", "Selesai", "Terkirim", "เสร็จสมบูรณ์", "สำเร็จแล้ว", "Đã hoàn tất", "Đã giao", "已完成", "已送达",
        ),
        "cancelled": ("Canceled", "Cancelled", "Dibatalkan", "ยกเลิกแล้ว", "Đã hủy", "已取消"),
    }
)  # fmt: skip
FULFILMENT = turned({"channel": ("Fulfillment by TikTok Shop", "Fulfilled by TikTok", "FBT"), "seller": ("Fulfillment by seller",)})
DAY_FIRST = frozenset({"GB", "ID", "MY", "PH", "SG", "TH", "VN"})
"""Countries whose exports write DD/MM/YYYY; the American one writes MM/DD/YYYY."""
COMMA_DECIMALS = frozenset({"ID", "VN"})
"""Where 1.234 is one thousand two hundred and thirty-four."""

SETTLEMENT_COLUMNS: dict[str, tuple[str, ...]] = {
    "reference": (
        "Order/adjustment ID", "Order\\adjustment ID", "Order / Adjustment ID", "Related order/adjustment ID", "ID pesanan/penyesuaian",
    ),
    "kind_of_row": ("Type", "Transaction type", "Jenis transaksi"),
    "created": ("Order created time", "Order created date", "Order created time(UTC)", "Waktu pesanan dibuat"),
    "settled": (
        "Order settled time", "Statement date", "Settled time", "Settlement time", "Order settled time(UTC)", "Waktu pesanan diselesaikan",
    ),
    "money": ("Currency", "Mata uang"),
    "total": ("Total settlement amount", "Settlement amount", "Jumlah total penyelesaian pembayaran"),
    "statement": ("Statement ID",), "payment": ("Payment ID",), "sku_id": ("SKU ID",), "quantity": ("Quantity",),
    "related": ("Related order ID", "Related order id"), "adjustment": ("Adjustment amount", "Ajustment amount", "Total adjustments"),
    "state": ("Status", "Statement status"), "product": ("Product name",), "variation": ("SKU name",),
    "delivered": ("Order delivery date", "Order delivered time"),
}  # fmt: skip
SETTLEMENT_REQUIRED = ("reference", "kind_of_row", "settled", "money", "total")

_FEES: dict[str, dict[str, str]] = {
    "sale_goods": {
        "subtotal before discounts": "", "gross sales": "", "subtotal after seller discounts": "subtotal before discounts|seller discounts",
        "net sales": "gross sales|gross sales refund|seller discount|seller discount refund",
        "total revenue": "subtotal before discounts|seller discounts|subtotal after seller discounts|refund subtotal after seller discounts"
        "|refund subtotal before seller discounts|gross sales|net sales",
    },
    "discount_goods": {"seller discounts": "", "seller discount": ""},
    "refund_goods": {
        "refund subtotal before seller discounts": "", "gross sales refund": "",
        "refund subtotal after seller discounts": "refund subtotal before seller discounts|refund of seller discounts",
    },
    "refund_discount": {"refund of seller discounts": "", "seller discount refund": ""},
    "fee_referral": {
        "tiktok shop commission fee": "", "platform commission fee": "", "referral fee": "", "commission fee": "", "dynamic commission": "",
    },
    "fee_refund": {"refund administration fee": ""},
    "fee_closing": {"flat fee": "", "order processing fee": ""},
    "fee_payment": {
        "transaction fee": "", "payment fee": "", "credit card installment - interest rate cost": "", "tiktok paylater program fee": "",
        "paylater handling fee": "",
    },
    "fee_digital_services": {"epr pay on behalf service fee": "", "digital services tax": "", "digital service fee": ""},
    "fee_channel_other": {
        "sales fee": "", "pre-order service fee": "", "mall service fee": "", "infrastructure fee": "", "fix infrastructure fee": "",
        "commerce growth fee": "", "installation service fee": "", "dt handling fee": "", "platform support fee": "",
    },
    "fee_shipping_label": {
        "seller shipping fee": "actual shipping fee|platform shipping fee discount|customer shipping fee|actual return shipping fee"
        "|refunded customer shipping fee|shipping subsidy",
        "shipping cost": "shipping costs passed on to the logistics provider|shipping cost borne by the platform"
        "|shipping cost paid by the customer|shipping cost subsidy",
        "shipping": "tiktok shop shipping fee|customer-paid shipping fee|fulfilled by tiktok shop shipping fee",
        "actual shipping fee": "", "platform shipping fee discount": "", "shipping subsidy": "", "shipping fee subsidy": "",
        "shipping costs passed on to the logistics provider": "", "shipping cost borne by the platform": "", "shipping cost subsidy": "",
        "replacement shipping fee (passed on to the customer)": "", "exchange shipping fee (passed on to the customer)": "",
        "tiktok shop shipping fee": "", "tiktok shop shipping incentive": "", "tiktok shop shipping incentive refund": "",
        "customer shipping fee offset": "",
    },
    "fee_returns": {
        "actual return shipping fee": "", "return shipping fee": "", "return shipping costs (passed on to the customer)": "",
    },
    "fee_fulfilment": {"fbt fulfillment fee": "", "fulfilled by tiktok shop shipping fee": "", "fbt shipping fee": ""},
    "sale_shipping": {"customer shipping fee": "", "shipping cost paid by the customer": "", "customer-paid shipping fee": ""},
    "refund_shipping": {
        "refunded customer shipping fee": "", "refunded shipping cost paid by the customer": "", "customer-paid shipping fee refund": "",
    },
    "fee_affiliate": {
        "affiliate commission": "affiliate commission before pit (personal income tax)",
        "affiliate commission before pit (personal income tax)": "", "personal income tax withheld from affiliate commission": "",
        "affiliate partner commission": "", "affiliate shop ads commission": "affiliate shop ads commission before pit",
        "affiliate shop ads commission before pit": "", "personal income tax withheld from affiliate shop ads commission": "",
        "affiliate partner shop ads commission": "", "affiliate commission deposit": "", "affiliate commission refund": "",
        "tiktok shop partner commission": "",
    },
    "fee_promotion": {
        "sfp service fee": "", "sfr service fee": "", "voucher xtra service fee": "", "bonus cashback service fee": "",
        "live specials service fee": "", "eams program service fee": "", "brands crazy deals/flash sale service fee": "",
        "brand crazy deals/flash sale service fee": "", "flash sale service fee": "", "campaign resource fee": "",
        "campaign service fee": "", "gmv max coupon": "", "co-funded promotion (seller-funded)": "", "shipping service fee": "",
    },
    "advertising": {"gmv max ad fee": ""},
    "tax_withheld": {"vat withheld by tiktok shop": ""},
    "income_tax_withheld": {"pit withheld by tiktok shop": ""},
    "unclassified": {"total fees": "*", "fees": "*"},
}  # fmt: skip
"""Kind -> columns by plain name -> the columns of which the column is the sum: it counts only where the file has none of those."""
KIND_OF = {name: kind for kind, names in _FEES.items() for name in names}
PARTS_OF = {name: frozenset(parts.split("|")) for names in _FEES.values() for name, parts in names.items() if parts}
REFERENCE_ONLY = frozenset(
    map(plain, (
        "Customer payment", "Customer refund", "Seller co-funded voucher discount", "Refund of seller co-funded voucher discount",
        "Platform discounts", "Refund of platform discounts", "Platform co-funded voucher discounts",
        "Refund of platform co-funded voucher discounts", "Seller shipping cost discount", "Estimated package weight (g)",
        "Actual package weight (g)", "Shopping center items", "Order Source", "Adjustment reason", "Sales tax payment", "Sales tax refund",
        "Retail delivery fee payment", "Retail delivery fee refund",
    ))
)  # fmt: skip
"""Columns that stand behind the amounts for information and are no part of them."""
ADJUSTMENTS = turned(
    {
        "reimbursement": ("Logistics reimbursement", "Platform reimbursement", "Shipping insurance compensation"),
        "advertising": ("GMV Payment for TikTok Ads", "TikTok Ads payment"),
        "fee_promotion": ("Additional Campaign Package",),
        "refund_other": ("Chargeback", "Charge back"),
        "fee_shipping_label": ("Shipping fee adjustment", "Logistics fee adjustment"),
    }
)
"""What an adjustment is by the type of its row; another type stays unclassified and visible."""
ORDER_ROWS = frozenset({"order", "pesanan", "คำสั่งซื้อ", "đơn hàng"})
