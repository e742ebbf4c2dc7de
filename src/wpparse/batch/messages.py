"""What a batch says, in Chinese and English."""

from __future__ import annotations

from wpparse.messages import register

register(
    {
        "batch-folder": ("无法打开文件夹：{detail}", "the folder cannot be opened: {detail}"),
        "batch-no-match": ("没有匹配的文件", "nothing matches"),
        "batch-error": ("内部错误（{kind}：{detail}）", "internal error ({kind}: {detail})"),
        "batch-memory": ("超过内存限制，已放弃这个文件", "more memory than allowed: given up"),
        "batch-timeout": ("超过 {seconds} 秒未完成，已放弃这个文件", "not done after {seconds} s: given up"),
        "batch-no-workers": (
            "无法启动工作进程；请检查安装，或用 --memory 放宽内存上限",
            "no worker process can start: check the installation, or allow more with --memory",
        ),
        "batch-crash": ("处理进程意外退出（{detail}）", "the worker process ended unexpectedly ({detail})"),
        "batch-foreign": (
            "{name} 已存在，且不是（或不再是）wpparse 写出的内容；请移走它或换一个输出文件夹",
            "{name} exists and is not (or no longer) what wpparse wrote: move it, or take another output folder",
        ),
        "batch-manifest": ("无法使用处理记录 {name}：{detail}", "the record {name} cannot be used: {detail}"),
        "batch-manifest-version": (
            "处理记录 {name} 的版本是 {found}，本程序只认识 {known}；请升级 wpparse",
            "the record {name} has version {found}, this program knows {known}: upgrade wpparse",
        ),
        "batch-outside": (
            "处理记录指向输出文件夹 {name} 之外的位置（{path}），已停止；记录可能被改动过，请换一个输出文件夹",
            "the record names a place outside of the output folder {name} ({path}); it may have been tampered with: take another folder",
        ),
        "batch-busy": (
            "另一个批处理正在使用文件夹 {name}；请等它结束，或换一个输出文件夹",
            "another batch is using the folder {name}: wait for it, or take another output folder",
        ),
        "batch-no-record": ("{name} 里没有批处理记录", "there is no record of a batch in {name}"),
        "batch-output-is-input": (
            "输出文件夹就是输入文件夹“{name}”；请换一个输出文件夹",
            "the output folder is the input folder '{name}': take another one",
        ),
        "batch-scheduler": ("无法连接调度器 {name}：{detail}", "the scheduler {name} does not answer: {detail}"),
        "batch-merge-format": ("--merge 只能是 .xlsx 或 .csv：{name}", "--merge takes .xlsx or .csv: {name}"),
    }
)
