"""Measures the tool on invented corpora of any size, beside other site generators.

``make bench N="1 10 100"`` runs :mod:`benchmarks.__main__`.  ``docs/speed.md`` explains the results.

========  ==================================================================
corpus    invented corpora: N works of 40 passages with tags and prose
edits     the changes of an editor that are measured
measure   time, memory and files of a program and its child processes
peers     the same pages as projects of Hugo and Pelican
runner    the runs, interleaved in rounds
sampling  where the time of a cold build goes
search    the search page of a large site, opened from disk
report    medians as Markdown, JSON and a picture
========  ==================================================================
"""
