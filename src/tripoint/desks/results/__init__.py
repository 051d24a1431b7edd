"""The results desk: figures that open the records they count, and the sheets that publish them.

A figure is counted under the reader's own rights, by the same question that opens its records. A sheet freezes figures,
goes out only after a second person approved it, and keeps every revision as it was published. What could tell of single
victims is hidden, or refused with the reason.
"""
