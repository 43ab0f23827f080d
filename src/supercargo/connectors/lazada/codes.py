"""Lazada's columns and statuses, and what they are with us."""

from __future__ import annotations

from supercargo.connectors.market.codes import turned

COLUMNS: dict[str, tuple[str, ...]] = {
    "item": ("orderItemId", "Order Item Id"), "order": ("orderNumber", "Order Number"), "seller_sku": ("sellerSku", "Seller SKU"),
    "lazada_sku": ("lazadaSku", "Lazada SKU"), "created": ("createTime", "Created at"), "paid_price": ("paidPrice", "Paid Price"),
    "unit_price": ("unitPrice", "Unit Price"), "seller_discount": ("sellerDiscountTotal",), "shipping_fee": ("shippingFee", "Shipping Fee"),
    "product": ("itemName", "Item Name"), "item_status": ("status",), "ship_country": ("shippingCountry", "Shipping Country"),
    "bill_country": ("billingCountry",), "refund_amount": ("refundAmount",), "bundle_discount": ("bundleDiscount",),
    "customer": ("customerName", "Customer Name"), "phone": ("shippingPhone",),
}  # fmt: skip
REQUIRED = ("item", "order", "seller_sku", "lazada_sku", "created", "unit_price", "item_status")
MARKS = ("paid_price", "seller_discount", "shipping_fee", "product")
HEADING = (
    "orderItemId", "orderType", "Guarantee", "deliveryType", "lazadaId", "sellerSku", "lazadaSku", "wareHouse", "createTime", "updateTime",
    "rtaSla", "ttsSla", "orderNumber", "invoiceRequired", "invoiceNumber", "deliveredDate", "customerName", "customerEmail",
    "nationalRegistrationNumber", "shippingName", "shippingAddress", "shippingAddress2", "shippingAddress3", "shippingAddress4",
    "shippingAddress5", "shippingPhone", "shippingPhone2", "shippingCity", "shippingPostCode", "shippingCountry", "shippingRegion",
    "billingName", "billingAddr", "billingAddr2", "billingAddr3", "billingAddr4", "billingAddr5", "billingPhone", "billingPhone2",
    "billingCity", "billingPostCode", "billingCountry", "taxCode", "branchNumber", "taxInvoiceRequested", "payMethod", "paidPrice",
    "unitPrice", "sellerDiscountTotal", "shippingFee", "walletCredit", "itemName", "variation", "cdShippingProvider", "shippingProvider",
    "shipmentTypeName", "shippingProviderType", "cdTrackingCode", "trackingCode", "trackingUrl", "shippingProviderFM", "trackingCodeFM",
    "trackingUrlFM", "promisedShippingTime", "premium", "status", "buyerFailedDeliveryReturnInitiator", "buyerFailedDeliveryReason",
    "buyerFailedDeliveryDetail", "buyerFailedDeliveryUserName", "bundleId", "bundleDiscount", "refundAmount", "sellerNote",
)  # fmt: skip
PROGRESS = ("unknown", "pending", "paid", "shipped", "delivered", "refunded", "cancelled")
"""Statuses from the least to the most advanced: a line has that of its least advanced unit."""
STATUSES = turned(
    {
        "pending": ("unpaid",),
        "paid": ("pending", "topack", "packed", "repacked", "toship", "ready_to_ship", "ready to ship", "readytoship"),
        "shipped": ("shipped", "shipping", "in transit", "failed", "failed_delivery", "failed delivery", "lost_by_3pl", "damaged_by_3pl"),
        "delivered": ("delivered", "confirmed", "completed"),
        "cancelled": ("canceled", "cancelled"),
        "refunded": ("returned", "shipped_back", "shipped_back_success", "package returned", "package_returned"),
    }
)  # fmt: skip
