"""The workflows and labels that a mapping needs: made where they are missing, left alone where they are there."""

from tracker.imports.mapping import LabelRule, WorkflowRule
from tracker.imports.report import Level, Line, Report
from tracker.imports.run import Run
from tracker.log.change import WORKSPACE, change
from tracker.work.services.workflows import add_label, add_workflow


def prepare_ways(run: Run, report: Report) -> None:
    """All of them in one transaction, and in the report; only planned in a dry run."""
    rules: list[tuple[str, str, WorkflowRule | LabelRule]] = []
    rules += [("workflows", rule.code, rule) for rule in run.mapping.workflows]
    rules += [("labels", rule.name, rule) for rule in run.mapping.labels]
    missing = [entry for entry in rules if run.identities.find(entry[0], entry[1]) is None]
    if missing and not run.is_dry:
        with change(actor=run.actor) as log:
            log.lock(WORKSPACE)
            made = [(kind, rule, make(run, rule)) for kind, _name, rule in missing]
        for kind, rule, pk in made:
            run.identities.call(kind, rule.model_dump(), pk)
    for kind, name, rule in missing if run.is_dry else ():
        run.plan(kind, name, rule.model_dump())
    for place, entry in enumerate(rules, start=1):
        level = Level.CREATED if entry in missing else Level.UNCHANGED
        report.lines.append(Line(f"{run.mapping.source}.toml", place, entry[0], entry[1], level))


def make(run: Run, rule: WorkflowRule | LabelRule) -> int:
    if isinstance(rule, LabelRule):
        return add_label(actor=run.actor, name=rule.name, name_zh=rule.name_zh, color=rule.color).pk
    statuses = [status.model_dump() for status in rule.statuses]
    workflow = add_workflow(actor=run.actor, code=rule.code, name=rule.name, name_zh=rule.name_zh, statuses=statuses)
    return workflow.pk
