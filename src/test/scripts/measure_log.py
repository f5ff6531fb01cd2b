"""Measures the incidents of a log by itself, knowing nothing of the product but docs/metrics.md.

    python3 measure_log.py bpic|servicenow log.csv.gz [every]

Prints, for each incident that got a solution, what is asked of it: seconds until the first solution, whether it was solved
without leaving the first line, was escalated, came back to a line that it had left, and was reopened within seven days. 'every' says
that only each n-th incident counts. Last comes a line with the sums, the median, the mean and the 90th percentile.
"""
import csv
import gzip
import sys
from datetime import datetime, timezone

WEEK = 7 * 86400


def bpic(row):
    line = {'1st': 1, '2nd': 2, '2nd+3rd': 2, '3rd': 3}[row['support_line']]
    over = row['status'] == 'Completed' and row['sub_status'] in ('Resolved', 'In Call', 'Closed', 'Cancelled')
    return datetime.fromisoformat(row['time']).timestamp(), line, over, None


def servicenow(row):
    def at(column):
        return datetime.strptime(row[column], '%d/%m/%Y %H:%M').replace(tzinfo=timezone.utc).timestamp()
    return at('sys_updated_at'), 1, row['incident_state'] in ('Resolved', 'Closed'), at('opened_at')


def measure(rows):
    rows = sorted(rows, key=lambda row: row[0])
    opened = rows[0][0] if rows[0][3] is None else min(rows[0][0], rows[0][3])
    lines, solved, reopened = [rows[0][1]], None, False
    for at, line, over, _ in rows:
        if solved is None:
            if line != lines[-1]:
                lines.append(line)
            if over:
                solved = at
        elif not over and int(at) - int(solved) <= WEEK:
            reopened = True
        # the first time that it goes on decides
        if solved is not None and not over:
            break
    if solved is None:
        return None
    # seconds are cut, as instants are
    return (int(solved) - int(opened), set(lines) == {1}, any(b > a for a, b in zip(lines, lines[1:])),
            len(set(lines)) < len(lines), reopened)


def quantile(values, share):
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])


def main():
    read, path = {'bpic': bpic, 'servicenow': servicenow}[sys.argv[1]], sys.argv[2]
    every = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    incidents = {}
    with gzip.open(path, 'rt', encoding='utf-8') as file:
        for row in csv.DictReader(file):
            incidents.setdefault(row.get('case') or row.get('number'), []).append(read(row))
    measured = {}
    for index, (case, rows) in enumerate(incidents.items()):
        if index % every == 0:
            facts = measure(rows)
            if facts:
                measured[case] = facts
    for case, facts in measured.items():
        print(case, *(int(each) for each in facts))
    lengths = sorted(facts[0] for facts in measured.values())
    print('all', len(measured), *(sum(facts[i] for facts in measured.values()) for i in range(1, 5)),
          quantile(lengths, .5), sum(lengths) / len(lengths), quantile(lengths, .9))


main()
