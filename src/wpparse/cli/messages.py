"""What the command line says, in Chinese and English."""

from __future__ import annotations

from wpparse.messages import register

register(
    {
        "cli-choice": (
            "{option} 只能是 {choices}，不能是“{value}”",
            "{option} must be one of {choices}, not '{value}'",
        ),
        "cli-no-such-option": ("没有选项 {option}{hint}", "there is no option {option}{hint}"),
        "cli-no-such-command": ("没有命令“{name}”", "there is no command '{name}'"),
        "cli-missing": ("缺少 {name}", "{name} is missing"),
        "cli-option-value": ("选项 {option} 后面缺少值或值不对", "option {option} lacks its value or has a wrong one"),
        "cli-bad-value": ("{name} 的值不对：{detail}", "wrong value for {name}: {detail}"),
        "cli-extra": ("多余的参数：{detail}", "one argument too many: {detail}"),
        "cli-usage": ("用法不对：{detail}", "wrong usage: {detail}"),
        "cli-need-output": ("请用 -o 给出输出文件夹", "give the output folder with -o"),
        "cli-format-unknown": (
            "从“{name}”看不出输出格式，请用 --format 指定（{choices}）",
            "'{name}' does not tell the output format: say it with --format ({choices})",
        ),
        "cli-same-file": (
            "输出“{name}”就是输入文件，不会覆盖它；请换一个输出文件名",
            "the output '{name}' is an input file and will not be overwritten; choose another name",
        ),
        "cli-same-output": ("输出“{name}”给了两次", "the output '{name}' was given twice"),
        "cli-one-folder": (
            "输入是多个文件或文件夹时，-o 只能给一个文件夹",
            "for several files or a folder, -o takes one folder",
        ),
        "cli-one-format": (
            "--format 给出多个时，个数要与 -o 相同",
            "several --format must be as many as the -o",
        ),
        "cli-mistyped-command": (
            "没有文件或命令“{name}”，是否想用命令 {near}",
            "there is no file or command '{name}'; did you mean {near}?",
        ),
        "cli-command-first": (
            "命令 {name} 要写在选项前面：wpparse {name} …",
            "the command {name} stands before the options: wpparse {name} …",
        ),
        "cli-internal": (
            "内部错误（{kind}：{detail}），请附上此行报告；设置环境变量 WPPARSE_DEBUG=1 可看到详情",
            "internal error ({kind}: {detail}); please report this line; set WPPARSE_DEBUG=1 for details",
        ),
        "cli-memory": ("内存不足", "out of memory"),
        "cli-try-help": ("用法见 {command} --help", "see {command} --help"),
        "cli-interrupted": ("已中断", "interrupted"),
        "cli-summary": ("{tasks} 项任务，{warnings} 处需核对{where}", "{tasks} tasks, {warnings} warnings{where}"),
    }
)

INFO_NAMES = {
    "task-without-party": ("未写明责任单位", "tasks without a body"),
    "deadline-without-date": ("时限无日期", "deadlines without a date"),
    "table-cell-unread": ("单元格未识别", "cells not understood"),
    "table-columns-guessed": ("表头按内容判断", "columns told by content"),
    "table-row-skipped": ("表格行未读出任务", "rows without a task"),
    "deadline-unread": ("时限栏未识别", "deadline cells not understood"),
    "docx-pictures": ("图片未读取", "pictures not read"),
    "pdf-picture-read": ("图片文字已识别", "text of pictures recognised"),
    "docx-cell-note": ("表格脚注", "notes of tables"),
    "pdf-cell-note": ("表格脚注", "notes of tables"),
    "txt-front-matter": ("文首元数据", "front matter"),
}
"""What the exit line calls notes, by code."""
