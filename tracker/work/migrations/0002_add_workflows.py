from django.db import migrations

# name, Chinese name, category, colour, WIP limit
DELIVERY = [
    ("Backlog", "待规划", "backlog", "grey", None),
    ("Ready", "就绪", "ready", "grey", 6),
    ("Doing", "进行中", "active", "blue", 4),
    ("Waiting customer", "等待客户", "waiting", "amber", 5),
    ("Review", "评审", "review", "violet", 4),
    ("Done", "完成", "done", "green", None),
]
CAMPAIGN = [
    ("Ideas", "创意", "backlog", "grey", None),
    ("Planned", "已排期", "ready", "grey", None),
    ("Producing", "制作中", "active", "blue", 6),
    ("Approval", "审批", "review", "violet", 4),
    ("Live", "投放中", "active", "teal", None),
    ("Evaluated", "已复盘", "done", "green", None),
    ("Dropped", "已取消", "cancelled", "grey", None),
]
ESCALATION = [
    ("Reported", "已上报", "ready", "red", None),
    ("Analysing", "分析中", "active", "blue", 5),
    ("Fixing", "修复中", "active", "blue", 5),
    ("Customer checks", "客户验证", "waiting", "amber", None),
    ("Resolved", "已解决", "done", "green", None),
    ("Withdrawn", "已撤回", "cancelled", "grey", None),
]
# What may not be done in one step; every other way is open.
CLOSED = {
    "delivery": {("Backlog", "Review"), ("Backlog", "Done"), ("Ready", "Done")},
    "campaign": {("Ideas", "Live"), ("Planned", "Live"), ("Ideas", "Evaluated"), ("Planned", "Evaluated")},
    "escalation": {("Reported", "Resolved")},
}
# Who may take a way that is not open to all: functions, or at least this role.
GUARDED = {
    ("campaign", "Approval", "Live"): (["marketing", "account_management"], "manager"),
    ("escalation", "Customer checks", "Resolved"): (["support", "account_management"], "manager"),
}
WORKFLOWS = [
    ("delivery", "Delivery", "交付", DELIVERY),
    ("campaign", "Campaign", "营销活动", CAMPAIGN),
    ("escalation", "Escalation", "升级处理", ESCALATION),
]


def add(apps, schema_editor):
    Workflow, Status, Transition = (apps.get_model("work", name) for name in ("Workflow", "Status", "Transition"))
    Function = apps.get_model("people", "Function")
    for code, name, name_zh, statuses in WORKFLOWS:
        workflow, is_new = Workflow.objects.get_or_create(code=code, defaults={"name": name, "name_zh": name_zh})
        if not is_new:
            continue
        made = [
            Status.objects.create(
                workflow=workflow,
                name=name,
                name_zh=name_zh,
                category=category,
                color=color,
                position=position,
                limit=limit,
            )
            for position, (name, name_zh, category, color, limit) in enumerate(statuses)
        ]
        for source in made:
            for target in made:
                if source != target and (source.name, target.name) not in CLOSED[code]:
                    functions, role = GUARDED.get((code, source.name, target.name), ([], ""))
                    way = Transition.objects.create(source=source, target=target, role=role)
                    way.functions.set(Function.objects.filter(code__in=functions))


class Migration(migrations.Migration):
    dependencies = [("work", "0001_initial"), ("people", "0003_add_functions")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
