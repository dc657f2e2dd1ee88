// The customer's face.

import type { Page } from '@playwright/test';
import { Face, type Visit } from './face.ts';
import { Account } from './portal/account.ts';
import { Appointments } from './portal/appointments.ts';
import { FollowUps } from './portal/follow-ups.ts';
import { Home } from './portal/home.ts';
import { Invitation } from './portal/invitation.ts';
import { NewRequest } from './portal/new-request.ts';
import { Reports } from './portal/reports.ts';
import { Requests } from './portal/requests.ts';
import { SignIn } from './portal/sign-in.ts';
import { Timeline } from './portal/timeline.ts';
import { Welcome } from './portal/welcome.ts';

export class Portal extends Face {
  readonly invitation = new Invitation(this);
  readonly welcome = new Welcome(this);
  readonly signIn = new SignIn(this);
  readonly home = new Home(this);
  readonly newRequest = new NewRequest(this);
  readonly requests = new Requests(this);
  readonly appointments = new Appointments(this);
  readonly reports = new Reports(this);
  readonly followUps = new FollowUps(this);
  readonly timeline = new Timeline(this);
  readonly account = new Account(this);

  constructor(page: Page, visit: Visit) {
    super(page, visit);
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('navigation').locator('summary', { hasText: 'More' }).click();
    await this.press('Sign out', this.page.getByRole('navigation'));
    await this.shown('Sign in');
  }
}
