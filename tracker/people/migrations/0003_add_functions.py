from django.db import migrations

FUNCTIONS = [
    ("account_management", "Account management", "客户管理", "account", "briefcase"),
    ("sales", "Sales", "销售", "sales", "tag"),
    ("marketing", "Marketing", "市场", "marketing", "megaphone"),
    ("support", "Support", "支持", "support", "headset"),
    ("operations", "Operations", "运营", "operations", "box"),
    ("management", "Management", "管理层", "management", "bars"),
]


def add(apps, schema_editor):
    Function = apps.get_model("people", "Function")
    for position, (code, name, name_zh, color, icon) in enumerate(FUNCTIONS):
        values = {"name": name, "name_zh": name_zh, "color": color, "icon": icon, "position": position}
        Function.objects.get_or_create(code=code, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_add_password_resets_setup_code_and_limits")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
