package org.escalationpath.notification;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** Where mails go in the demo, which has no mail server: the last 200 can be read on the page {@code /outbox}. */
public class MailViewer implements Mailer {

  private static final int KEPT = 200;

  private final Deque<Mail> mails = new ArrayDeque<>();

  @Override
  public synchronized void send(Mail mail) {
    mails.addLast(mail);
    if (mails.size() > KEPT) {
      mails.removeFirst();
    }
  }

  /** The mails kept, the newest first. */
  public synchronized List<Mail> mails() {
    var newestFirst = new ArrayList<>(mails);
    Collections.reverse(newestFirst);
    return newestFirst;
  }
}
