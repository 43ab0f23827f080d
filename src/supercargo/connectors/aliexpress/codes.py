"""AliExpress's columns and statuses as far as public programs show them, and what they are with us."""

from __future__ import annotations

from supercargo.connectors.market.codes import turned

PACIFIC = "America/Los_Angeles"
"""The clock of AliExpress: times are written in it without naming it."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "order": ("订单号", "Order ID", "Order No.", "Order Number"), "order_status": ("订单状态", "Order Status"),
    "buyer": ("买家名称", "Buyer Name"), "created": ("下单时间", "Order Time", "Order Date", "Order Created Time"),
    "paid": ("付款时间", "Payment Time", "Paid Time"),
    "goods": ("产品总金额", "商品总金额", "Product Total Amount", "Total Product Amount", "Product Amount"),
    "shipping_cost": ("物流费用", "运费", "Shipping Cost", "Logistics Fee", "Shipping Fee"),
    "order_amount": ("订单金额", "Order Amount", "Order Total"), "order_discount": ("满立减", "Order Discount", "Fixed Discount"),
    "products": (
        "产品信息 （双击单元格展开所有产品信息！）", "产品信息（双击单元格展开所有产品信息！）", "产品信息", "Product Information",
        "Product Info",
    ),
    "country": ("收货国家", "Receiver Country", "Ship To Country", "Country"),
}  # fmt: skip
REQUIRED = ("order", "order_status", "created", "goods", "shipping_cost", "order_amount")
MARKS = ("products", "paid", "buyer", "country")
HEADING = (
    "订单号", "订单状态", "负责人(业务员)", "买家名称", "下单时间", "付款时间", "产品总金额", "物流费用", "订单金额", "满立减",
    "产品信息\n（双击单元格展开所有产品信息！）", "订单备注", "收货地址", "收货人名称", "收货国家", "州/省", "城市", "地址", "邮编",
    "联系电话", "手机",
    "买家选择物流", "发货期限", "实际发货物流:运单号", "发货时间", "确认收货时间",
)  # fmt: skip
"""The headings in their order, as a public program that merges such exports lists them."""
STATUSES = turned(
    {
        "pending": ("等待买家付款", "下单成功", "Awaiting payment", "PLACE_ORDER_SUCCESS"),
        "paid": (
            "等待卖家发货", "等待您发货", "资金未到账", "待发货", "Awaiting shipment", "Payment being verified", "WAIT_SELLER_SEND_GOODS",
            "RISK_CONTROL",
        ),
        "shipped": (
            "等待买家收货", "部分发货", "卖家已发货", "Awaiting delivery", "Awaiting buyer acceptance", "Partially shipped",
            "WAIT_BUYER_ACCEPT_GOODS",
            "SELLER_PART_SEND_GOODS",
        ),
        "delivered": ("交易完成", "订单完成", "已完成", "Completed", "Finished", "FINISH"),
        "cancelled": ("订单关闭", "交易关闭", "已取消", "Closed", "Cancelled", "Canceled", "IN_CANCEL"),
    }
)  # fmt: skip
CURRENCY_MARKS = {
    "USD": r"(?i)^-?\s*(?:US\s?\$|USD)",
    "EUR": r"(?i)^-?\s*(?:€|EUR)",
    "CNY": r"(?i)^-?\s*(?:CN\s?¥|CNY|RMB)",
    "RUB": r"(?i)руб|RUB|₽",
}
SKU = r"(?i)(?:商家编码|商品编码|Seller SKU|SKU)\s*[:：]\s*([^\s()（）]+)"
QUANTITY = r"(?i)(?:产品数量|商品数量|数量|Quantity)\s*[:：]\s*(\d+)"
SECOND_PRODUCT = r"【\s*2\s*】|\[\s*2\s*\]"
