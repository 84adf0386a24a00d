"""A small chronology that somebody wrote with comments: what tests of commands that change records begin with."""

from __future__ import annotations

ACTORS = """\
[[actors]]
id = "kim"   # a comment
name = "Kim"

[[actors]]
id = "moon"
name = "Moon"
"""
LAUNCH = """\
[[events]]
id = "launch"
title = 'A launch'     # as the paper has it
date = "2017-07-04"
actors = [ "kim" ]
"""
ANSWER = """\
[[events]]
id = "answer"
title = "An answer"
date = "2017-07-05"
responds_to = ["launch"]
"""
