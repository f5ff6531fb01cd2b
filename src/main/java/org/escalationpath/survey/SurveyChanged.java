package org.escalationpath.survey;

import org.escalationpath.cases.CaseNumber;

/** A survey about the case was planned, answered or ended, which its ledger does not say; published in that same transaction. */
public record SurveyChanged(CaseNumber number) {}
