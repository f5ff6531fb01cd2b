"""Compares an XES export of replayed incidents with the log that they come from.

    python3 compare_xes_with_log.py export.xes bpic2013-incidents-early.csv.gz [every]

Reads both files by itself: the same cases, and for each the same visits of tiers with the same times. 'every' says that only each
n-th incident of the log was replayed.
"""
import csv
import gzip
import sys
import xml.etree.ElementTree as tree
from datetime import datetime, timezone

TIERS = {'1st': 'front-line', '2nd': 'team-lead', '2nd+3rd': 'team-lead', '3rd': 'department-manager'}
NAMESPACE = '{http://www.xes-standard.org/}'
PREFIX = 'bpic2013-'


def instant(text):
    return datetime.fromisoformat(text.replace('Z', '+00:00')).astimezone(timezone.utc)


def visits_of_log(rows):
    """Where an incident was, from when to when; nowhere while it is solved or over."""
    visits, tier, since = [], None, None
    for row in rows:
        at, here = instant(row['time']), TIERS[row['support_line']]
        is_over = row['status'] == 'Completed' and row['sub_status'] in ('Resolved', 'In Call', 'Closed', 'Cancelled')
        if tier is None and not is_over or tier is None and not visits:
            tier, since = here, at
        elif tier is not None and here != tier:
            visits.append((tier, since, at))
            tier, since = here, at
        if is_over and tier is not None:
            visits.append((tier, since, at))
            tier = None
    if tier is not None:
        visits.append((tier, since, None))
    return visits


def log(path, every):
    incidents = {}
    with gzip.open(path, 'rt', encoding='utf-8') as file:
        for row in csv.DictReader(file):
            incidents.setdefault(row['case'], []).append(row)
    return {case: visits_of_log(rows) for index, (case, rows) in enumerate(incidents.items()) if index % every == 0}


def attributes(element):
    return {each.get('key'): each.get('value') for each in element if each.tag in (NAMESPACE + 'string', NAMESPACE + 'date')}


def visits_of_trace(trace):
    visits, since = [], None
    for event in trace.findall(NAMESPACE + 'event'):
        facts = attributes(event)
        if facts.get('escalation:source') != 'visit':
            continue
        at = instant(facts['time:timestamp'])
        if facts['lifecycle:transition'] == 'start':
            since = at
        elif facts['lifecycle:transition'] == 'complete':
            visits.append((facts['concept:name'], since, at))
            since = None
        last = facts['concept:name']
    if since is not None:
        visits.append((last, since, None))
    return visits


def export(path):
    incidents = {}
    for _, element in tree.iterparse(path):
        if element.tag == NAMESPACE + 'trace':
            name = attributes(element).get('escalation:externalId', '')
            if name.startswith(PREFIX):
                incidents[name[len(PREFIX):]] = visits_of_trace(element)
            element.clear()
    return incidents


def main():
    every = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    ours, theirs = export(sys.argv[1]), log(sys.argv[2], every)
    differ = sorted(case for case in set(ours) | set(theirs) if ours.get(case) != theirs.get(case))
    for case in differ[:10]:
        print(case, '\n  log   ', theirs.get(case), '\n  export', ours.get(case))
    print('XES export: %d cases and %d visits of tiers in the log, %d and %d in the export; %d differ' % (
        len(theirs), sum(map(len, theirs.values())), len(ours), sum(map(len, ours.values())), len(differ)))
    return 1 if differ else 0


sys.exit(main())
