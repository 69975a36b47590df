# SPDX-License-Identifier: Apache-2.0
"""70 searches of one second, of which the network log masks all that would tell them apart, and three
more: one in both logs, one in each alone."""
HEADER = ("Name,Org Name,Total Networks Searched,Time Frame,License Plate,Reason,Case #,Filters,Search Time,"
          "Search Type,Text Prompt,Moderation\n")
FRAME = '"05/02/2025, 04:01:07 AM UTC\n05/03/2025, 04:01:07 AM UTC"'


def row(name, plate, when):
    return f'{name},Quillmarch TX PD,900,{FRAME},{plate},theft,,,"05/03/2025, {when} AM UTC",search,,\n'


def log(name, second):
    crowd = "".join(row("***", "***", "08:00:00") for i in range(70))
    return HEADER + row(name, "***", "04:00:00") + crowd + row(name, "***", second) + row(name, "***", "11:00:00")


open("Quillmarch TX PD-Audit.csv", "w", encoding="utf-8").write(log("Rowan Tarbell", "09:00:00"))
open("network.csv", "w", encoding="utf-8").write(log("***", "10:00:00"))
