"""The first tables of the book, as Django wrote them, and the guards of what may only be added to."""
# ruff: noqa: D101, RUF012 - written by Django

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.db import migrations, models

from supercargo.book.guards import lift_guards, set_guards


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("jurisdiction", models.CharField(max_length=8)),
                ("scheme", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=40)),
                ("is_held", models.BooleanField()),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("number", models.CharField(max_length=255, null=True)),
                ("through", models.CharField(max_length=255, null=True)),
                ("postponed_accounting", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=255)),
                ("kind", models.CharField(max_length=10)),
                ("currency", models.CharField(max_length=3, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="account_code"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("asset", "liability", "equity", "income", "expense"))), name="account_kind"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=80)),
                ("action", models.CharField(max_length=40)),
                ("content", models.TextField()),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "book_audit_entry",
                "constraints": [models.UniqueConstraint(fields=("number",), name="audit_entry_number")],
            },
        ),
        migrations.CreateModel(
            name="Company",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_en", models.CharField(max_length=255, null=True)),
                ("name_zh", models.CharField(max_length=255, null=True)),
                ("home", models.CharField(max_length=2)),
                ("base_currency", models.CharField(max_length=3)),
                ("city", models.CharField(max_length=255, null=True)),
                ("language", models.CharField(max_length=2)),
                ("begun_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="company_is_one")],
            },
        ),
        migrations.CreateModel(
            name="Customer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("buyer_key", models.CharField(max_length=80)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("buyer_key",), name="customer_key")],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=255)),
                ("bytes", models.BigIntegerField()),
                ("format", models.CharField(max_length=80)),
                ("source", models.CharField(max_length=80)),
                ("imported_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["imported_at", "id"], name="document_day")],
                "constraints": [models.UniqueConstraint(fields=("sha256",), name="document_hash")],
            },
        ),
        migrations.CreateModel(
            name="Channel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                ("house", models.CharField(max_length=80)),
                ("country", models.CharField(max_length=2, null=True)),
                ("revenue_from", models.CharField(max_length=10, null=True)),
                (
                    "first_document",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="book.document"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="channel_code"),
                    models.CheckConstraint(
                        condition=models.Q(("revenue_from__isnull", True), ("revenue_from__in", ["settlement", "orders"]), _connector="OR"),
                        name="channel_revenue",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankStatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("account", models.CharField(max_length=64, null=True)),
                ("statement_ref", models.CharField(max_length=255, null=True)),
                ("currency", models.CharField(max_length=3, null=True)),
                ("opening_minor", models.BigIntegerField(null=True)),
                ("opening_on", models.DateField(null=True)),
                ("closing_minor", models.BigIntegerField(null=True)),
                ("closing_on", models.DateField(null=True)),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "db_table": "book_bank_statement",
                "indexes": [
                    models.Index(fields=["document", "row"], name="bank_statement_source"),
                    models.Index(fields=["closing_on", "id"], name="bank_statement_closing_on"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("account", models.Value("")),
                        models.F("key"),
                        models.F("revision"),
                        name="bank_statement_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BankLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("account", models.CharField(max_length=64, null=True)),
                ("statement_ref", models.CharField(max_length=255, null=True)),
                ("currency", models.CharField(max_length=3, null=True)),
                ("amount_minor", models.BigIntegerField(null=True)),
                ("booked_on", models.DateField(null=True)),
                ("value_on", models.DateField(null=True)),
                ("counterparty", models.TextField(null=True)),
                ("text", models.TextField(null=True)),
                ("bank_ref", models.CharField(max_length=255, null=True)),
                ("end_to_end_ref", models.CharField(max_length=255, null=True)),
                ("is_reversal", models.BooleanField(null=True)),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "db_table": "book_bank_line",
                "indexes": [
                    models.Index(fields=["document", "row"], name="bank_line_source"),
                    models.Index(fields=["booked_on", "id"], name="bank_line_booked_on"),
                    models.Index(fields=["currency", "amount_minor"], name="bank_line_amount"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("account", models.Value("")),
                        models.F("key"),
                        models.F("revision"),
                        name="bank_line_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AdvertDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("day", models.DateField(null=True)),
                ("campaign", models.TextField(null=True)),
                ("ad_group", models.TextField(null=True)),
                ("sku", models.CharField(max_length=255, null=True)),
                ("currency", models.CharField(max_length=3, null=True)),
                ("cost_minor", models.BigIntegerField(null=True)),
                ("impressions", models.BigIntegerField(null=True)),
                ("clicks", models.BigIntegerField(null=True)),
                ("orders", models.BigIntegerField(null=True)),
                ("sales_minor", models.BigIntegerField(null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.channel",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "db_table": "book_advert_day",
                "indexes": [
                    models.Index(fields=["document", "row"], name="advert_day_source"),
                    models.Index(fields=["day", "id"], name="advert_day_day"),
                    models.Index(fields=["sku"], name="advert_day_sku"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("channel", models.Value(0)),
                        models.F("key"),
                        models.F("revision"),
                        name="advert_day_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExchangeRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("base", models.CharField(max_length=3)),
                ("quote", models.CharField(max_length=3)),
                ("rate_text", models.CharField(max_length=40)),
                ("source", models.CharField(max_length=80)),
            ],
            options={
                "db_table": "book_exchange_rate",
                "constraints": [models.UniqueConstraint(fields=("base", "quote", "day", "source"), name="exchange_rate_day")],
            },
        ),
        migrations.CreateModel(
            name="FreightLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("forwarder", models.CharField(max_length=255, null=True)),
                ("bill_ref", models.CharField(max_length=255, null=True)),
                ("billed_on", models.DateField(null=True)),
                ("shipment_ref", models.CharField(max_length=255, null=True)),
                ("charge", models.CharField(max_length=255, null=True)),
                ("share_by", models.CharField(max_length=20, null=True)),
                ("currency", models.CharField(max_length=3, null=True)),
                ("amount_minor", models.BigIntegerField(null=True)),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "db_table": "book_freight_line",
                "indexes": [
                    models.Index(fields=["document", "row"], name="freight_line_source"),
                    models.Index(fields=["shipment_ref"], name="freight_line_shipment_ref"),
                    models.Index(fields=["billed_on", "id"], name="freight_line_billed_on"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("forwarder", models.Value("")),
                        models.F("key"),
                        models.F("revision"),
                        name="freight_line_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rows", models.BigIntegerField()),
                ("records", models.BigIntegerField()),
                ("held", models.BigIntegerField()),
                ("contested", models.BigIntegerField()),
                ("skips", models.BigIntegerField()),
                ("faults", models.BigIntegerField()),
                ("saved", models.JSONField(default=dict)),
                ("controls", models.JSONField(default=list)),
                ("facts", models.JSONField(default=dict)),
                ("finished_at", models.DateTimeField()),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="book.document")),
            ],
            options={
                "db_table": "book_import_run",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rows",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(models.F("records"), "+", models.F("held")),
                                        "+",
                                        models.F("skips"),
                                    ),
                                    "+",
                                    models.F("faults"),
                                ),
                            )
                        ),
                        name="import_run_counts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("status", models.CharField(max_length=10)),
                ("code", models.CharField(max_length=40, null=True)),
                ("reason", models.TextField(null=True)),
                ("cells", models.TextField(null=True)),
                ("run", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="book.importrun")),
            ],
            options={
                "db_table": "book_import_row",
                "constraints": [
                    models.UniqueConstraint(fields=("run", "row"), name="import_row_once"),
                    models.CheckConstraint(condition=models.Q(("status__in", ["skip", "fault"])), name="import_row_status"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("severity", models.CharField(max_length=10)),
                ("path", models.TextField()),
                ("message", models.TextField()),
                ("values", models.JSONField(default=dict)),
                ("remedy", models.TextField()),
                ("found_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("run", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="book.importrun")),
            ],
            options={
                "db_table": "book_finding_record",
                "indexes": [models.Index(fields=["code", "id"], name="finding_code")],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=80)),
                ("arguments", models.JSONField(default=dict)),
                ("status", models.CharField(max_length=20)),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(null=True)),
                ("what", models.CharField(max_length=255, null=True)),
                ("tries", models.IntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("leased_by", models.CharField(max_length=255, null=True)),
                ("leased_until", models.DateTimeField(null=True)),
                ("cancel_asked_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("answer", models.JSONField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["status", "asked_at", "id"], name="job_next")],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order_ref", models.CharField(max_length=255)),
                ("ordered_at", models.DateTimeField(null=True)),
                ("ordered_on", models.DateField(null=True)),
                ("status", models.CharField(max_length=20, null=True)),
                ("ship_country", models.CharField(max_length=2, null=True)),
                ("currency", models.CharField(max_length=3, null=True)),
                ("lines", models.BigIntegerField()),
                ("quantity", models.BigIntegerField(null=True)),
                ("goods_minor", models.BigIntegerField(null=True)),
                ("is_business", models.BooleanField(null=True)),
                (
                    "channel",
                    models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to="book.channel"),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to="book.customer"
                    ),
                ),
                (
                    "first_document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["ordered_on", "id"], name="order_day"),
                    models.Index(condition=models.Q(("customer__isnull", False)), fields=["customer"], name="order_buyer"),
                ],
                "constraints": [models.UniqueConstraint(fields=("order_ref", "channel"), name="order_ref")],
            },
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("order_ref", models.CharField(max_length=255, null=True)),
                ("line_ref", models.CharField(max_length=255, null=True)),
                ("ordered_at", models.DateTimeField(null=True)),
                ("ordered_on", models.DateField(null=True)),
                ("status", models.CharField(max_length=20, null=True)),
                ("sku", models.CharField(max_length=255, null=True)),
                ("title", models.TextField(null=True)),
                ("listing_ref", models.CharField(max_length=255, null=True)),
                ("quantity", models.BigIntegerField(null=True)),
                ("currency", models.CharField(max_length=3, null=True)),
                ("unit_price_e6", models.BigIntegerField(null=True)),
                ("goods_minor", models.BigIntegerField(null=True)),
                ("goods_tax_minor", models.BigIntegerField(null=True)),
                ("shipping_minor", models.BigIntegerField(null=True)),
                ("shipping_tax_minor", models.BigIntegerField(null=True)),
                ("giftwrap_minor", models.BigIntegerField(null=True)),
                ("giftwrap_tax_minor", models.BigIntegerField(null=True)),
                ("goods_discount_minor", models.BigIntegerField(null=True)),
                ("shipping_discount_minor", models.BigIntegerField(null=True)),
                ("tax_included", models.BooleanField(null=True)),
                ("tax_collected_by", models.CharField(max_length=20, null=True)),
                ("ship_country", models.CharField(max_length=2, null=True)),
                ("dispatch_country", models.CharField(max_length=2, null=True)),
                ("fulfilled_by", models.CharField(max_length=20, null=True)),
                ("buyer_key", models.CharField(max_length=80, null=True)),
                ("is_business", models.BooleanField(null=True)),
                ("paid_on", models.DateField(null=True)),
                ("refunded_minor", models.BigIntegerField(null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.channel",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "db_table": "book_order_line",
                "indexes": [
                    models.Index(fields=["document", "row"], name="order_line_source"),
                    models.Index(fields=["order_ref", "channel"], name="order_line_order_ref"),
                    models.Index(fields=["ordered_on", "id"], name="order_line_ordered_on"),
                    models.Index(fields=["sku"], name="order_line_sku"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("channel", models.Value(0)),
                        models.F("key"),
                        models.F("revision"),
                        name="order_line_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Payout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("payout_ref", models.CharField(max_length=255, null=True)),
                ("settlement_ref", models.CharField(max_length=255, null=True)),
                ("currency", models.CharField(max_length=3, null=True)),
                ("amount_minor", models.BigIntegerField(null=True)),
                ("sent_on", models.DateField(null=True)),
                ("arrives_on", models.DateField(null=True)),
                ("status", models.CharField(max_length=20, null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.channel",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["document", "row"], name="payout_source"),
                    models.Index(fields=["channel", "settlement_ref"], name="payout_channel"),
                    models.Index(fields=["sent_on", "id"], name="payout_sent_on"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("channel", models.Value(0)),
                        models.F("key"),
                        models.F("revision"),
                        name="payout_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.CharField(max_length=7)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closing",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="book.auditentry"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("month",), name="period_month")],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("booked_on", models.DateField()),
                ("narrative", models.CharField(max_length=255)),
                ("arguments", models.JSONField(default=dict)),
                ("source_noun", models.CharField(max_length=40, null=True)),
                ("source_id", models.BigIntegerField(null=True)),
                ("hash", models.CharField(max_length=32)),
                ("reverses", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="book.entry")),
                ("period", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="book.period")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["booked_on", "id"], name="entry_day"),
                    models.Index(fields=["period", "id"], name="entry_period"),
                    models.Index(fields=["source_noun", "source_id"], name="entry_source"),
                ],
                "constraints": [models.UniqueConstraint(fields=("reverses",), name="entry_reversed_once")],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("currency", models.CharField(max_length=3)),
                ("amount_minor", models.BigIntegerField()),
                ("home_minor", models.BigIntegerField(null=True)),
                ("rate_text", models.CharField(max_length=40, null=True)),
                ("rate_source", models.CharField(max_length=80, null=True)),
                ("rate_day", models.DateField(null=True)),
                ("account", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="book.account")),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="book.entry")),
            ],
            options={
                "indexes": [models.Index(fields=["account", "entry"], name="posting_account")],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("sku", models.CharField(max_length=255, null=True)),
                ("title", models.TextField(null=True)),
                ("title_zh", models.TextField(null=True)),
                ("brand", models.CharField(max_length=255, null=True)),
                ("category", models.CharField(max_length=255, null=True)),
                ("barcode", models.CharField(max_length=255, null=True)),
                ("hs_code", models.CharField(max_length=16, null=True)),
                ("origin_country", models.CharField(max_length=2, null=True)),
                ("currency", models.CharField(max_length=3, null=True)),
                ("unit_cost_minor", models.BigIntegerField(null=True)),
                ("weight_g", models.BigIntegerField(null=True)),
                ("length_mm", models.BigIntegerField(null=True)),
                ("width_mm", models.BigIntegerField(null=True)),
                ("height_mm", models.BigIntegerField(null=True)),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["document", "row"], name="product_source"),
                    models.Index(fields=["sku"], name="product_sku"),
                ],
                "constraints": [models.UniqueConstraint(models.F("key"), models.F("revision"), name="product_key")],
            },
        ),
        migrations.CreateModel(
            name="ReceiptLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("warehouse", models.CharField(max_length=255, null=True)),
                ("shipment_ref", models.CharField(max_length=255, null=True)),
                ("received_on", models.DateField(null=True)),
                ("sku", models.CharField(max_length=255, null=True)),
                ("quantity", models.BigIntegerField(null=True)),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "db_table": "book_receipt_line",
                "indexes": [
                    models.Index(fields=["document", "row"], name="receipt_line_source"),
                    models.Index(fields=["shipment_ref"], name="receipt_line_shipment_ref"),
                    models.Index(fields=["received_on", "id"], name="receipt_line_received_on"),
                    models.Index(fields=["sku"], name="receipt_line_sku"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("warehouse", models.Value("")),
                        models.F("key"),
                        models.F("revision"),
                        name="receipt_line_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order_ref", models.CharField(max_length=255)),
                ("sku", models.CharField(max_length=255, null=True)),
                ("refunded_on", models.DateField(null=True)),
                ("currency", models.CharField(max_length=3)),
                ("amount_minor", models.BigIntegerField()),
                ("quantity", models.BigIntegerField(null=True)),
                ("reason", models.TextField(null=True)),
                ("returned_on", models.DateField(null=True)),
                ("channel", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="book.channel")),
                (
                    "document",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="book.document"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["channel", "order_ref"], name="refund_order"),
                    models.Index(fields=["refunded_on", "id"], name="refund_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reimbursement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("approved_on", models.DateField(null=True)),
                ("reimbursement_ref", models.CharField(max_length=255, null=True)),
                ("case_ref", models.CharField(max_length=255, null=True)),
                ("order_ref", models.CharField(max_length=255, null=True)),
                ("reason", models.TextField(null=True)),
                ("sku", models.CharField(max_length=255, null=True)),
                ("currency", models.CharField(max_length=3, null=True)),
                ("amount_minor", models.BigIntegerField(null=True)),
                ("units_paid", models.BigIntegerField(null=True)),
                ("units_restocked", models.BigIntegerField(null=True)),
                ("reverses_ref", models.CharField(max_length=255, null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.channel",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["document", "row"], name="reimbursement_source"),
                    models.Index(fields=["approved_on", "id"], name="reimbursement_approved_on"),
                    models.Index(fields=["sku"], name="reimbursement_sku"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("channel", models.Value(0)),
                        models.F("key"),
                        models.F("revision"),
                        name="reimbursement_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("settlement_ref", models.CharField(max_length=255, null=True)),
                ("begins_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("deposit_on", models.DateField(null=True)),
                ("currency", models.CharField(max_length=3, null=True)),
                ("total_minor", models.BigIntegerField(null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.channel",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["document", "row"], name="settlement_source"),
                    models.Index(fields=["channel", "settlement_ref"], name="settlement_channel"),
                    models.Index(fields=["deposit_on", "id"], name="settlement_deposit_on"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("channel", models.Value(0)),
                        models.F("key"),
                        models.F("revision"),
                        name="settlement_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SettlementLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("settlement_ref", models.CharField(max_length=255, null=True)),
                ("order_ref", models.CharField(max_length=255, null=True)),
                ("line_ref", models.CharField(max_length=255, null=True)),
                ("transaction_ref", models.CharField(max_length=255, null=True)),
                ("related_ref", models.CharField(max_length=255, null=True)),
                ("sku", models.CharField(max_length=255, null=True)),
                ("kind", models.CharField(max_length=40, null=True)),
                ("their_type", models.CharField(max_length=255, null=True)),
                ("their_name", models.TextField(null=True)),
                ("currency", models.CharField(max_length=3, null=True)),
                ("amount_minor", models.BigIntegerField(null=True)),
                ("quantity", models.BigIntegerField(null=True)),
                ("posted_at", models.DateTimeField(null=True)),
                ("posted_on", models.DateField(null=True)),
                ("status", models.CharField(max_length=20, null=True)),
                ("release_on", models.DateField(null=True)),
                ("country", models.CharField(max_length=2, null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.channel",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "db_table": "book_settlement_line",
                "indexes": [
                    models.Index(fields=["document", "row"], name="settlement_line_source"),
                    models.Index(fields=["order_ref", "channel"], name="settlement_line_order_ref"),
                    models.Index(fields=["channel", "settlement_ref"], name="settlement_line_settlement"),
                    models.Index(fields=["posted_on", "id"], name="settlement_line_posted_on"),
                    models.Index(fields=["sku"], name="settlement_line_sku"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("channel", models.Value(0)),
                        models.F("key"),
                        models.F("revision"),
                        name="settlement_line_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Shipment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shipment_ref", models.CharField(max_length=255)),
                (
                    "first_document",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="book.document"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shipment_ref",), name="shipment_ref")],
            },
        ),
        migrations.CreateModel(
            name="StockCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("warehouse", models.CharField(max_length=255, null=True)),
                ("counted_on", models.DateField(null=True)),
                ("sku", models.CharField(max_length=255, null=True)),
                ("fulfilment_sku", models.CharField(max_length=255, null=True)),
                ("listing_ref", models.CharField(max_length=255, null=True)),
                ("title", models.TextField(null=True)),
                ("condition", models.CharField(max_length=255, null=True)),
                ("sellable", models.BigIntegerField(null=True)),
                ("unsellable", models.BigIntegerField(null=True)),
                ("reserved", models.BigIntegerField(null=True)),
                ("inbound", models.BigIntegerField(null=True)),
                ("researching", models.BigIntegerField(null=True)),
                ("total", models.BigIntegerField(null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.channel",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "db_table": "book_stock_count",
                "indexes": [
                    models.Index(fields=["document", "row"], name="stock_count_source"),
                    models.Index(fields=["counted_on", "id"], name="stock_count_counted_on"),
                    models.Index(fields=["sku"], name="stock_count_sku"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("channel", models.Value(0)),
                        models.F("key"),
                        models.F("revision"),
                        name="stock_count_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StockMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("warehouse", models.CharField(max_length=255, null=True)),
                ("to_warehouse", models.CharField(max_length=255, null=True)),
                ("country", models.CharField(max_length=2, null=True)),
                ("to_country", models.CharField(max_length=2, null=True)),
                ("moved_on", models.DateField(null=True)),
                ("sku", models.CharField(max_length=255, null=True)),
                ("kind", models.CharField(max_length=20, null=True)),
                ("quantity", models.BigIntegerField(null=True)),
                ("reference", models.CharField(max_length=255, null=True)),
                ("reason", models.TextField(null=True)),
                ("disposition", models.CharField(max_length=255, null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.channel",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "db_table": "book_stock_move",
                "indexes": [
                    models.Index(fields=["document", "row"], name="stock_move_source"),
                    models.Index(fields=["moved_on", "id"], name="stock_move_moved_on"),
                    models.Index(fields=["sku"], name="stock_move_sku"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("channel", models.Value(0)),
                        models.F("key"),
                        models.F("revision"),
                        name="stock_move_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Supplier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("name",), name="supplier_name")],
            },
        ),
        migrations.CreateModel(
            name="PriceTier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sku", models.CharField(max_length=255)),
                ("quantity_from", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("unit_price_e6", models.BigIntegerField()),
                ("supplier", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="book.supplier")),
            ],
            options={
                "db_table": "book_price_tier",
                "indexes": [models.Index(fields=["sku", "quantity_from"], name="price_tier_sku")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("quantity_from__gte", 1), ("unit_price_e6__gt", 0)), name="price_tier_sense")
                ],
            },
        ),
        migrations.CreateModel(
            name="SupplierLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("supplier", models.CharField(max_length=255, null=True)),
                ("invoice_ref", models.CharField(max_length=255, null=True)),
                ("invoiced_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("shipment_ref", models.CharField(max_length=255, null=True)),
                ("sku", models.CharField(max_length=255, null=True)),
                ("quantity", models.BigIntegerField(null=True)),
                ("currency", models.CharField(max_length=3, null=True)),
                ("unit_price_e6", models.BigIntegerField(null=True)),
                ("amount_minor", models.BigIntegerField(null=True)),
                ("weight_g", models.BigIntegerField(null=True)),
                ("volume_cm3", models.BigIntegerField(null=True)),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "db_table": "book_supplier_line",
                "indexes": [
                    models.Index(fields=["document", "row"], name="supplier_line_source"),
                    models.Index(fields=["shipment_ref"], name="supplier_line_shipment_ref"),
                    models.Index(fields=["invoiced_on", "id"], name="supplier_line_invoiced_on"),
                    models.Index(fields=["sku"], name="supplier_line_sku"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("supplier", models.Value("")),
                        models.F("key"),
                        models.F("revision"),
                        name="supplier_line_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TaxLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("transaction_type", models.CharField(max_length=40, null=True)),
                ("transaction_ref", models.CharField(max_length=255, null=True)),
                ("activity_ref", models.CharField(max_length=255, null=True)),
                ("order_ref", models.CharField(max_length=255, null=True)),
                ("sku", models.CharField(max_length=255, null=True)),
                ("quantity", models.BigIntegerField(null=True)),
                ("currency", models.CharField(max_length=3, null=True)),
                ("net_minor", models.BigIntegerField(null=True)),
                ("tax_minor", models.BigIntegerField(null=True)),
                ("gross_minor", models.BigIntegerField(null=True)),
                ("rate_ppm", models.BigIntegerField(null=True)),
                ("tax_point_on", models.DateField(null=True)),
                ("dispatched_from", models.CharField(max_length=2, null=True)),
                ("arrives_in", models.CharField(max_length=2, null=True)),
                ("taxed_in", models.CharField(max_length=2, null=True)),
                ("scheme", models.CharField(max_length=40, null=True)),
                ("collected_by", models.CharField(max_length=20, null=True)),
                ("is_business", models.BooleanField(null=True)),
                ("cost_minor", models.BigIntegerField(null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.channel",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "db_table": "book_tax_line",
                "indexes": [
                    models.Index(fields=["document", "row"], name="tax_line_source"),
                    models.Index(fields=["order_ref", "channel"], name="tax_line_order_ref"),
                    models.Index(fields=["tax_point_on", "id"], name="tax_line_tax_point_on"),
                    models.Index(fields=["sku"], name="tax_line_sku"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("channel", models.Value(0)),
                        models.F("key"),
                        models.F("revision"),
                        name="tax_line_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrafficDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("day", models.DateField(null=True)),
                ("listing_ref", models.CharField(max_length=255, null=True)),
                ("parent_ref", models.CharField(max_length=255, null=True)),
                ("sku", models.CharField(max_length=255, null=True)),
                ("title", models.TextField(null=True)),
                ("sessions", models.BigIntegerField(null=True)),
                ("page_views", models.BigIntegerField(null=True)),
                ("units", models.BigIntegerField(null=True)),
                ("orders", models.BigIntegerField(null=True)),
                ("currency", models.CharField(max_length=3, null=True)),
                ("sales_minor", models.BigIntegerField(null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.channel",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "db_table": "book_traffic_day",
                "indexes": [
                    models.Index(fields=["document", "row"], name="traffic_day_source"),
                    models.Index(fields=["day", "id"], name="traffic_day_day"),
                    models.Index(fields=["sku"], name="traffic_day_sku"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("channel", models.Value(0)),
                        models.F("key"),
                        models.F("revision"),
                        name="traffic_day_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Warehouse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=255)),
                ("country", models.CharField(max_length=2, null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("code",), name="warehouse_code")],
            },
        ),
        migrations.CreateModel(
            name="StockBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sku", models.CharField(max_length=255)),
                ("received_on", models.DateField()),
                ("quantity", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("goods_minor", models.BigIntegerField(null=True)),
                ("freight_minor", models.BigIntegerField(null=True)),
                ("duty_minor", models.BigIntegerField(null=True)),
                ("receipt_row", models.BigIntegerField(null=True)),
                (
                    "receipt_document",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="book.document"
                    ),
                ),
                ("shipment", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="book.shipment")),
                ("warehouse", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="book.warehouse")),
            ],
            options={
                "db_table": "book_stock_batch",
                "indexes": [models.Index(fields=["warehouse", "sku", "received_on", "id"], name="stock_batch_order")],
                "constraints": [models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="stock_batch_quantity")],
            },
        ),
        migrations.CreateModel(
            name="CustomsLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("broker", models.CharField(max_length=255, null=True)),
                ("entry_ref", models.CharField(max_length=255, null=True)),
                ("entered_on", models.DateField(null=True)),
                ("shipment_ref", models.CharField(max_length=255, null=True)),
                ("country", models.CharField(max_length=2, null=True)),
                ("sku", models.CharField(max_length=255, null=True)),
                ("hs_code", models.CharField(max_length=16, null=True)),
                ("currency", models.CharField(max_length=3, null=True)),
                ("customs_value_minor", models.BigIntegerField(null=True)),
                ("duty_minor", models.BigIntegerField(null=True)),
                ("import_tax_minor", models.BigIntegerField(null=True)),
                ("fees_minor", models.BigIntegerField(null=True)),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "db_table": "book_customs_line",
                "indexes": [
                    models.Index(fields=["document", "row"], name="customs_line_source"),
                    models.Index(fields=["shipment_ref"], name="customs_line_shipment_ref"),
                    models.Index(fields=["entered_on", "id"], name="customs_line_entered_on"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("broker", models.Value("")),
                        models.F("key"),
                        models.F("revision"),
                        name="customs_line_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomerReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("revision", models.IntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("seal", models.CharField(max_length=32)),
                ("returned_on", models.DateField(null=True)),
                ("order_ref", models.CharField(max_length=255, null=True)),
                ("sku", models.CharField(max_length=255, null=True)),
                ("quantity", models.BigIntegerField(null=True)),
                ("disposition", models.CharField(max_length=255, null=True)),
                ("reason", models.TextField(null=True)),
                ("warehouse", models.CharField(max_length=255, null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.channel",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="book.document",
                    ),
                ),
            ],
            options={
                "db_table": "book_customer_return",
                "indexes": [
                    models.Index(fields=["document", "row"], name="customer_return_source"),
                    models.Index(fields=["order_ref", "channel"], name="customer_return_order_ref"),
                    models.Index(fields=["returned_on", "id"], name="customer_return_returned_on"),
                    models.Index(fields=["sku"], name="customer_return_sku"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("channel", models.Value(0)),
                        models.F("key"),
                        models.F("revision"),
                        name="customer_return_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChannelItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sku", models.CharField(max_length=255)),
                ("listing_ref", models.CharField(max_length=255, null=True)),
                ("title", models.TextField(null=True)),
                ("channel", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="book.channel")),
                (
                    "first_document",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="book.document"),
                ),
            ],
            options={
                "db_table": "book_channel_item",
                "indexes": [models.Index(fields=["sku"], name="channel_item_sku")],
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "sku", "listing_ref"), name="channel_item_listing"),
                    models.UniqueConstraint(
                        condition=models.Q(("listing_ref__isnull", True)), fields=("channel", "sku"), name="channel_item_without_listing"
                    ),
                ],
            },
        ),
        migrations.RunPython(set_guards, lift_guards),
    ]
