package org.escalationpath.cases;

/** Something has been written into a case's ledger; published in that same transaction. */
public record Happened(CaseNumber number, What what) {}
