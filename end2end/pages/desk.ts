// The office's face.

import type { Page } from '@playwright/test';
import { Face, type Visit } from './face.ts';
import { Audit } from './desk/audit.ts';
import { Customers } from './desk/customers.ts';
import { FollowUps } from './desk/follow-ups.ts';
import { Inbox } from './desk/inbox.ts';
import { Invite } from './desk/invite.ts';
import { Overview } from './desk/overview.ts';
import { Person } from './desk/person.ts';
import { Planning } from './desk/planning.ts';
import { Release } from './desk/release.ts';
import { Report } from './desk/report.ts';
import { Request } from './desk/request.ts';
import { SignIn } from './desk/sign-in.ts';
import { Target } from './desk/target.ts';

export class Desk extends Face {
  readonly signIn = new SignIn(this);
  readonly customers = new Customers(this);
  readonly invite = new Invite(this);
  readonly person = new Person(this);
  readonly inbox = new Inbox(this);
  readonly request = new Request(this);
  readonly planning = new Planning(this);
  readonly target = new Target(this);
  readonly report = new Report(this);
  readonly release = new Release(this);
  readonly followUps = new FollowUps(this);
  readonly overview = new Overview(this);
  readonly audit = new Audit(this);

  constructor(page: Page, visit: Visit) {
    super(page, visit);
  }

  async signOut(): Promise<void> {
    await this.press('Sign out', this.page.getByRole('navigation', { name: 'Main navigation' }));
    await this.shown('Sign in');
  }
}
