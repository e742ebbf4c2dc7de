"""Plans of a fictional county, made by hand, for the tests of the writers."""

from __future__ import annotations

from dataclasses import replace

from wpparse.model import (
    Deadline,
    DeadlineKind,
    Diagnostic,
    Header,
    Location,
    Origin,
    Party,
    Role,
    Section,
    SourceInfo,
    Task,
    WorkPlan,
)


def party(name: str, role: Role = "responsible", *, canonical: str | None = None, collective: bool = False) -> Party:
    return Party(
        name=name, role=role, collective=collective, source="clause", canonical=canonical, location=Location(block=9)
    )


def deadline(text: str, kind: DeadlineKind, **fields: object) -> Deadline:
    return replace(Deadline(text=text, kind=kind, source="text", location=Location(block=9)), **fields)


def task(
    number: int,
    text: str,
    *parties: Party,
    path: tuple[str, ...] = (),
    title: str | None = None,
    deadlines: tuple[Deadline, ...] = (),
    origin: Origin = "body",
    section: str | None = None,
    parties_text: str | None = None,
    open_ended: bool = False,
    location: Location | None = None,
) -> Task:
    return Task(
        number=number,
        origin=origin,
        section=section,
        label=f"{number}.",
        path=path,
        title=title,
        text=text,
        parties=parties,
        parties_text=parties_text,
        open_ended=open_ended,
        deadlines=deadlines,
        location=location or Location(page=1 + number // 4, block=10 + number, start=2, end=2 + len(text)),
    )


def plan(
    *tasks: Task, diagnostics: tuple[Diagnostic, ...] = (), title: str = "青岚县2024年政务公开工作要点"
) -> WorkPlan:
    return WorkPlan(
        source=SourceInfo(name="青岚县要点.docx", format="docx", sha256="ab" * 32, pages=6),
        header=Header(
            title=f"青岚县人民政府办公室关于印发{title}的通知",
            plan_title=title,
            document_number="青政办发〔2024〕7号",
            issuer="青岚县人民政府办公室",
            addressees=("各乡镇人民政府", "县政府各部门"),
            issue_date="2024-03-15",
            plan_year=2024,
        ),
        sections=(
            Section(
                id="2", parent=None, level=1, label="二、", heading="重点任务", text="", role="task",
                location=Location(block=8),
            ),
            Section(
                id="2.1", parent="2", level=2, label="（一）", heading="公开", text="", role="task",
                location=Location(block=9),
            ),
        ),
        tasks=tasks,
        diagnostics=diagnostics,
    )  # fmt: skip


GENERAL, FIRST, SECOND = "深化重点领域公开", "围绕经济发展强化公开", "围绕民生保障强化公开"


def usual() -> WorkPlan:
    """Six tasks: roles of every kind, an abbreviated and a full name of one body, each kind of deadline, a diagnostic."""
    bureau = party("县住建局", "lead", canonical="县住房和城乡建设局")
    same = party("县住房和城乡建设局", "support", canonical="县住房和城乡建设局")
    towns = party("各镇街", collective=True)
    return plan(
        task(
            1,
            "及时公开产业政策、重点项目、创新成果等信息，做好重大政策的集中宣传推介。",
            towns,
            party("县发展改革局"),
            path=(GENERAL, FIRST),
            deadlines=(deadline("2024年9月底前", "by", due="2024-09-30"),),
            section="2.1",
            parties_text="各镇街、县发展改革局等",
            open_ended=True,
        ),
        task(
            2,
            "推动惠企政策“免申即享”，每年组织培训不少于2次。",
            bureau,
            party("县财政局", "support"),
            path=(GENERAL, FIRST),
            title="做好惠企公开",
            deadlines=(deadline("每年", "recurring", every="year", times=2),),
        ),
        task(
            3,
            "公开义务教育招生范围、条件和程序。",
            party("县教育和体育局"),
            path=(GENERAL, SECOND),
            deadlines=(
                deadline("8月", "during", start="2024-08-01", due="2024-08-31"),
                deadline("12月15日前", "by", due="2024-12-15"),
            ),
        ),
        task(
            4,
            "公开保障性住房分配结果。",
            same,
            party("县财政局", "lead"),
            path=(GENERAL, SECOND),
            deadlines=(deadline("长期坚持", "ongoing"),),
        ),
        task(
            5,
            "活动开展后及时总结。",
            path=("强化保障",),
            deadlines=(deadline("活动开展后5个工作日内", "within", amount=5, unit="workday", after="活动开展"),),
        ),
        task(6, "各部门要建立本单位工作台账。", party("张县长", "leader"), path=()),
        diagnostics=(
            Diagnostic(code="label-jump", severity="warning", message="编号从3跳到5", location=Location(block=15)),
            Diagnostic(code="no-unit", severity="info", message="没有责任单位", location=Location(page=2, block=3)),
        ),
    )


def many(count: int) -> WorkPlan:
    """So many tasks with texts of usual lengths under twenty headings."""
    names = [f"县{name}局" for name in ("发展改革", "财政", "教育和体育", "卫生健康", "农业农村", "市场监管")]
    return plan(
        *(
            task(
                number,
                f"第{number}项：" + "围绕重点领域做好政策发布、解读和回应，及时更新公开内容。" * (1 + number % 6),
                *(
                    party(names[(number + step) % 6], "lead" if step == 0 else "support")
                    for step in range(1 + number % 3)
                ),
                path=(f"第{number * 4 // count + 1}项重点工作", f"第{number * 20 // count + 1}个方面公开任务"),
                deadlines=(deadline(f"2024年{1 + number % 12}月28日前", "by", due=f"2024-{1 + number % 12:02}-28"),),
            )
            for number in range(1, count + 1)
        )
    )
