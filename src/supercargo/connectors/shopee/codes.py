"""Shopee's columns and statuses in English, Indonesian, Thai and Vietnamese, and what they are with us."""

from __future__ import annotations

from supercargo.connectors.market.codes import turned

COLUMNS: dict[str, tuple[str, ...]] = {
    "order": ("Order ID", "No. Pesanan", "หมายเลขคำสั่งซื้อ", "Mã đơn hàng"),
    "order_status": ("Order Status", "Status Pesanan", "สถานะการสั่งซื้อ", "Trạng Thái Đơn Hàng"),
    "created": ("Order Creation Date", "Waktu Pesanan Dibuat", "วันที่ทำการสั่งซื้อ", "Ngày đặt hàng"),
    "paid": (
        "Order Paid Time", "Waktu Pembayaran Dilakukan", "เวลาการชำระสินค้า", "เวลาที่ชำระเงิน", "Thời gian đơn hàng được thanh toán",
    ),
    "parent_sku": ("Parent SKU Reference No.", "SKU Induk", "เลขอ้างอิง Parent SKU", "SKU sản phẩm"),
    "product": ("Product Name", "Nama Produk", "ชื่อสินค้า", "Tên sản phẩm"),
    "seller_sku": (
        "SKU Reference No.", "Nomor Referensi SKU", "เลขอ้างอิง SKU (SKU Reference No.)", "SKU (ตัวเลือกสินค้า)", "SKU phân loại hàng",
    ),
    "variation": ("Variation Name", "Nama Variasi", "ชื่อตัวเลือก", "ชื่อตัวเลือกสินค้า", "Tên phân loại hàng"),
    "original_price": ("Original Price", "Harga Awal", "ราคาตั้งต้น", "Giá gốc"),
    "deal_price": ("Deal Price", "Harga Setelah Diskon", "ราคาขาย", "Giá ưu đãi"),
    "quantity": ("Quantity", "Jumlah", "จำนวน", "Số lượng"),
    "product_subtotal": ("Product Subtotal", "Total Harga Produk", "ราคาขายสุทธิ", "Tổng giá bán (sản phẩm)", "Tổng giá bán"),
    "shopee_rebate": ("Shopee Rebate", "Diskon Dari Shopee", "ส่วนลดจาก Shopee", "Được Shopee trợ giá"),
    "seller_voucher": ("Seller Voucher", "Voucher Ditanggung Penjual", "โค้ดส่วนลดชำระโดยผู้ขาย", "Mã giảm giá của Shop"),
    "seller_bundle": (
        "Seller Bundle Discount", "Paket Diskon (Diskon dari Penjual)", "ส่วนลด bundle deal ชำระโดยผู้ขาย", "Giảm giá từ Combo của Shop",
    ),
    "coin_cashback": ("Seller Absorbed Coin Cashback", "Cashback Koin", "โค้ด Coins Cashback", "Hoàn Xu"),
    "buyer_shipping": (
        "Buyer Paid Shipping Fee", "Ongkos Kirim Dibayar oleh Pembeli", "ค่าจัดส่งที่ชำระโดยผู้ซื้อ", "Phí vận chuyển mà người mua trả",
    ),
    "shipping_rebate": (
        "Shipping Rebate Estimate", "Estimasi Potongan Biaya Pengiriman", "ค่าจัดส่งที่ Shopee ออกให้โดยประมาณ",
        "Phí vận chuyển tài trợ bởi Shopee (dự kiến)",
    ),
    "estimated_shipping": (
        "Estimated Shipping Fee", "Perkiraan Ongkos Kirim", "ค่าจัดส่งโดยประมาณ", "Phí vận chuyển (dự kiến)",
    ),
    "reverse_shipping": ("Reverse Shipping Fee", "Ongkos Kirim Pengembalian Barang", "ค่าจัดส่งสินค้าคืน", "Phí trả hàng"),
    "transaction_fee": (
        "Transaction Fee(Incl. GST)", "Transaction Fee", "Transaction Fee (Incl. VAT)", "Transaction Fee (Incl. SST)", "Biaya Transaksi",
        "Phí thanh toán", "ค่าธรรมเนียมการทำธุรกรรม",
    ),
    "commission_fee": (
        "Commission Fee (Incl. GST)", "Commission Fee", "Commission Fee (Incl. VAT)", "Commission Fee (Incl. SST)", "Biaya Administrasi",
        "Phí cố định", "ค่าคอมมิชชั่น",
    ),
    "service_fee": (
        "Service Fee (incl. GST)", "Service Fee", "Service Fee (Incl. VAT)", "Service Fee (Incl. SST)", "Biaya Layanan", "Phí Dịch Vụ",
        "ค่าบริการ",
    ),
    "grand_total": ("Grand Total", "Total Pembayaran", "จำนวนเงินทั้งหมด", "Tổng số tiền người mua thanh toán"),
    "buyer": ("Username (Buyer)", "Username (Pembeli)", "ชื่อผู้ใช้ (ผู้ซื้อ)", "Người Mua"),
    "country": ("Country", "ประเทศ", "Quốc gia"),
    "returned": ("Returned quantity", "จำนวนที่ส่งคืน", "Số lượng sản phẩm được hoàn trả"),
}  # fmt: skip
REQUIRED = ("order", "order_status", "created", "product", "seller_sku", "deal_price", "quantity", "product_subtotal")
MARKS = ("shopee_rebate", "seller_voucher", "original_price", "buyer_shipping", "buyer")
HEADING_COUNTRY = {"no. pesanan": "ID", "หมายเลขคำสั่งซื้อ": "TH", "mã đơn hàng": "VN"}
"""The language of the first column names the country; an English file is of any."""
COMMA_DECIMALS = frozenset({"ID", "VN"})

HEADING = (
    "Order ID", "Order Status", "Cancel reason", "Return / Refund Status", "Tracking Number*", "Shipping Option", "Shipment Method",
    "Estimated Ship Out Date", "Ship Time", "Order Creation Date", "Order Paid Time", "Parent SKU Reference No.", "Product Name",
    "SKU Reference No.", "Variation Name", "Original Price", "Deal Price", "Quantity", "Returned quantity", "Product Subtotal",
    "Seller Rebate", "Seller Discount", "Shopee Rebate", "SKU Total Weight", "No of product in order", "Order Total Weight",
    "Voucher Code", "Seller Voucher", "Seller Absorbed Coin Cashback", "Shopee Voucher", "Bundle Deal Indicator",
    "Shopee Bundle Discount", "Seller Bundle Discount", "Shopee Coins Offset", "Credit Card Discount Total", "Total Amount",
    "Buyer Paid Shipping Fee", "Shipping Rebate Estimate", "Reverse Shipping Fee", "Transaction Fee(Incl. GST)",
    "Commission Fee (Incl. GST)", "Service Fee (incl. GST)", "Grand Total", "Estimated Shipping Fee", "Username (Buyer)", "Receiver Name",
    "Phone Number", "Delivery Address", "Town", "District", "City", "Province", "Country", "Zip Code", "Remark from buyer",
    "Order Complete Time", "Note",
)  # fmt: skip

STATUSES = turned(
    {
        "pending": ("Unpaid", "Belum Bayar", "ยังไม่ชำระ", "ที่ต้องชำระ", "Chờ xác nhận", "Chờ thanh toán"),
        "paid": ("To Ship", "Ready to ship", "Processed", "Perlu Dikirim", "ที่ต้องจัดส่ง", "Chờ giao hàng", "Chờ lấy hàng"),
        "shipped": (
            "Shipping", "Shipped", "To receive", "In transit", "Sedang Dikirim", "Telah Dikirim", "Dikirim", "การจัดส่ง",
            "ที่ต้องได้รับ", "Đang giao",
        ),
        "delivered": ("Completed", "Delivered", "Selesai", "สำเร็จแล้ว", "จัดส่งสำเร็จแล้ว", "Hoàn thành", "Đã giao", "Đã nhận được hàng"),
        "cancelled": ("Cancelled", "Canceled", "Batal", "Dibatalkan", "ยกเลิกแล้ว", "Đã hủy"),
    }
)  # fmt: skip

FEES = {
    "transaction_fee": ("Transaction Fee", "fee_payment", -1, "settled"),
    "commission_fee": ("Commission Fee", "fee_referral", -1, "settled"),
    "service_fee": ("Service Fee", "fee_channel_other", -1, "settled"),
    "reverse_shipping": ("Reverse Shipping Fee", "fee_returns", -1, "settled"),
    "coin_cashback": ("Seller Absorbed Coin Cashback", "fee_promotion", -1, "settled"),
    "estimated_shipping": ("Estimated Shipping Fee", "fee_shipping_label", -1, "open"),
    "shipping_rebate": ("Shipping Rebate Estimate", "fee_shipping_label", 1, "open"),
}
"""Amounts of the order beside its goods: the English name, the kind, the sign that the seller gives it, and whether it is an estimate."""
