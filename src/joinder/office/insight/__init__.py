"""Insight: indicators, dashboards, the annual white paper. Not there yet.

This room keeps its place in the order of the office so that the import rule already names it. It holds no page and no
figure until each figure can show its definition, period, population and rows.
"""
