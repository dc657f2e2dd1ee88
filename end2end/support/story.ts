// The workflow of the product, step by step, as people go through it: nothing is put into the database beside the pages. Each step says
// what the others see of it. Tests walk as far as they need.

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Location } from '../pages/desk/customers.ts';
import type { Desk } from '../pages/desk.ts';
import { anyBlank } from '../pages/face.ts';
import type { Portal } from '../pages/portal.ts';
import { PASSWORD, type Server } from './server.ts';
import { expect } from './test.ts';

const ASSETS = join(import.meta.dirname, '..', '..', 'server/assets/demo');
export const PHOTO = join(ASSETS, 'boiler.jpg');
export const REPORT_FILES = { shared: join(ASSETS, 'inspection.pdf'), kept: join(ASSETS, 'parts-list.pdf') };

/** What only the office writes: none of it may reach the customer. */
const INTERNAL = {
  customerNote: 'Pays late, see the file',
  note: 'Same valve as last year',
  work: 'Boiler 3, valve exchange under warranty',
  dispatch: 'Take the long ladder along',
  billing: 'KST-4711',
  score: '87',
  team: 'Van 2',
  technician: 'Ibrahim Kaya',
  visit: 'Forty minutes on site',
  report: 'The valve was mounted the wrong way round by us.',
  keptFile: basename(REPORT_FILES.kept),
  followUp: 'Exchange the pump at our cost',
  followUpWork: 'Pump exchange, goodwill',
};

export const PUBLIC = {
  work: 'Repair of the heating',
  report: 'Heating repaired',
  summary: 'We replaced a valve. The radiators are warm again.',
  message: 'Thank you for your patience.',
  file: 'Inspection record.pdf',
  followUp: 'The pump is old and should be replaced.',
  followUpWork: 'New pump for the heating',
};

const REQUEST = {
  kind: 'Service or repair',
  title: 'Heating stays cold on the third floor',
  description: 'Since Sunday the radiators stay cold.\nThe boiler shows E 28.',
  onSite: 'Mr Olsen, 0170 555 0101',
};

let stories = 0;

export class Story {
  /** Its own names, so that stories share a server. */
  private readonly tag = `${Date.now().toString(36)}${stories++}`;
  readonly customer = `Lindenhof ${this.tag}`;
  readonly contact = { name: `Anna Berger ${this.tag}`, email: `anna.${this.tag}@customer.example` };
  readonly request = { ...REQUEST, title: `${REQUEST.title} ${this.tag}` };
  readonly work = `${INTERNAL.work} ${this.tag}`;
  readonly berlin: Location = { name: 'Hofgarten 9', street: 'Hofgarten 9', postalCode: '10969', city: 'Berlin', zone: 'Europe/Berlin' };
  readonly pune: Location = { name: 'Pune office', street: 'Senapati Bapat Road 11', postalCode: '411016', city: 'Pune', zone: 'Asia/Kolkata' };
  private number = '';

  constructor(
    private readonly server: Server,
    readonly portal: Portal,
    readonly dispatcher: Desk,
    readonly manager: Desk,
  ) {}

  async signInStaff(): Promise<void> {
    await this.manager.signIn.as(this.server.staff('Marta', 'manager'), PASSWORD);
    await this.dispatcher.signIn.as(this.server.staff('Dirk', 'dispatcher'), PASSWORD);
  }

  /** Step 1: a manager adds a customer with two locations and invites a contact to both, unless one is chosen. */
  async invite(chosen?: Location): Promise<string> {
    const { customers, invite, person } = this.manager;
    await customers.add(this.customer, 'Facility management', INTERNAL.customerNote);
    await customers.addLocation(this.berlin);
    await customers.addLocation(this.pune);
    await invite.open();
    await invite.fill(this.contact, chosen ? [chosen.name] : []);
    const places = chosen ? '1 location' : '2 locations';
    if (this.manager.visit.live) await invite.expectPreview(`They will see: ${places}, no requests, no appointments, no reports.`);
    await invite.send(this.contact.name);
    await person.expectInvitation('Open');
    return this.server.link(await this.server.mail(this.contact.email, 'Your invitation to the customer portal'));
  }

  /** Step 2: the contact opens the link, twice, since opening changes nothing; sets a password, is welcomed and is in. The link is then used up. */
  async signUp(link: string, places = [this.berlin, this.pune]): Promise<void> {
    const { invitation, welcome } = this.portal;
    await invitation.open(link);
    await invitation.open(link);
    await expect(this.portal.main).toContainText(`Marta of Northlight Services invites you. You will see ${this.customer}.`);
    await this.manager.reload();
    await this.manager.person.expectInvitation('Open');
    await invitation.accept(PASSWORD);
    await welcome.expectGreeting('Anna', [this.customer, ...places.map((place) => place.name)]);
    await welcome.choose('At once');
    await expect(this.portal.main).toContainText('Nothing is open at your locations.');
    await this.manager.reload();
    await this.manager.person.expectInvitation('Accepted');
  }

  /** Steps 1 and 2 for tests that begin behind them. */
  async begin(): Promise<void> {
    await this.signInStaff();
    await this.signUp(await this.invite());
  }

  /** Step 3: the contact sends a request with location, description, wished windows and a photo. */
  async submit(): Promise<void> {
    const { newRequest, requests } = this.portal;
    await newRequest.start();
    await newRequest.where(this.pune.name);
    await newRequest.what(this.request);
    await newRequest.toFiles();
    await newRequest.chooseFiles([PHOTO]);
    await newRequest.upload('boiler.jpg');
    await newRequest.afterFiles();
    const days = await newRequest.when([[0, '8–10 am'], [2, '1–5 pm']]);
    await newRequest.next('Check and send');
    await expect(newRequest.answer('Location')).toContainText(this.pune.name);
    await expect(newRequest.answer('Description')).toContainText('The boiler shows E 28.');
    await expect(newRequest.answer('Files')).toContainText('boiler.jpg');
    for (const day of days) await expect(newRequest.answer('Preferred time')).toContainText(day);
    await newRequest.send(this.request.title);
    await this.expectStatus('Submitted', 'We have it. Nobody has reviewed it yet.');
    await requests.expectNext('We review your request.');
    await expect(this.portal.part('Files')).toContainText('boiler.jpg');
    this.number = await requests.number();
  }

  /** Step 4: a dispatcher reviews it and asks; the contact answers; the manager, and nobody else, accepts. */
  async review(): Promise<void> {
    const { inbox, request } = this.dispatcher;
    await inbox.openQueue('New');
    await inbox.openRequest(this.request.title);
    await expect(this.dispatcher.main).toContainText(this.number);
    await expect(this.dispatcher.main.getByRole('link', { name: 'boiler.jpg' })).toBeVisible();
    await request.startReview();
    await this.expectStatus('In review', 'We are checking what is needed.');
    await request.writeNote(INTERNAL.note);
    await request.ask('Which boiler is it?');
    await expect(this.dispatcher.main.getByRole('button', { name: 'Accept' })).toHaveCount(0);

    const mail = await this.server.mail(this.contact.email, 'We have a question');
    expect(mail).toContain(this.number);
    await this.portal.page.goto(this.server.link(mail));
    await this.portal.shown(this.request.title);
    await this.expectStatus('Your answer needed', 'Review continues once you answer.');
    await this.portal.requests.expectNext('Please answer our question.');
    await this.portal.home.open();
    await expect(this.portal.home.row('Questions for you', this.request.title)).toBeVisible();
    await this.portal.requests.open(this.request.title);
    await this.portal.requests.answer('The one in the cellar.');
    await this.expectStatus('In review', 'We are checking what is needed.');

    await this.manager.inbox.openQueue('In review');
    await this.manager.inbox.openRequest(this.request.title);
    await expect(this.manager.main).toContainText('The one in the cellar.');
    await this.manager.request.accept();
    await this.expectStatus('Accepted', 'We will do this. No date yet.');
    await this.portal.requests.expectNext('We confirm a date.');
    await this.server.mail(this.contact.email, 'Request accepted');
  }

  /** Step 5: the accepted request becomes work, with everything attached; for the contact it is still only accepted. */
  async convert(): Promise<void> {
    const { request } = this.dispatcher;
    await this.dispatcher.inbox.openQueue('Accepted');
    await this.dispatcher.inbox.openRequest(this.request.title);
    await request.convert({
      title: this.work,
      publicTitle: PUBLIC.work,
      note: INTERNAL.dispatch,
      billing: INTERNAL.billing,
      score: INTERNAL.score,
    });
    for (const brought of [this.customer, this.pune.name, this.contact.name, this.number, 'boiler.jpg']) {
      await expect(this.dispatcher.main).toContainText(brought);
    }
    await expect(this.dispatcher.main.getByRole('link', { name: '8–10 am' })).toBeVisible();
    await this.expectStatus('Accepted', 'We will do this. No date yet.');
  }

  /** Step 6: an appointment today, at the location; the contact knows nothing of it until it is shared. */
  async schedule(): Promise<void> {
    const { target } = this.dispatcher;
    await target.schedule({ date: today(this.pune.zone), from: '00:00', until: '23:59', team: INTERNAL.team }, false);
    await this.expectStatus('Accepted', 'We will do this. No date yet.');
    await this.portal.appointments.openList();
    await expect(this.portal.main).toContainText('No appointments planned.');
    await target.share();
    await this.expectStatus('Planned', 'A visit is scheduled.');
    await this.portal.requests.expectNext(/We visit you: Today, .*, 12 am–11:59 pm\./);
    await this.server.mail(this.contact.email, 'Appointment scheduled');
    await this.portal.appointments.open(PUBLIC.work);
    await this.expectOnlyPublic();
    await expect(this.portal.main).toContainText('Appointment scheduled');
    await expect(this.portal.main).toContainText('12 am–11:59 pm');
    const calendar = await this.portal.appointments.calendarFile();
    for (const line of [`SUMMARY:${PUBLIC.work}`, 'STATUS:CONFIRMED', `TZID=${this.pune.zone}`]) expect(calendar).toContain(line);
    for (const words of Object.values(INTERNAL)) if (words !== INTERNAL.score) expect(calendar).not.toContain(words);
    await this.portal.appointments.openWork();
    await expect(this.portal.row(PUBLIC.work)).toBeVisible();
  }

  /** Step 7: the visit is done, its report written, approved by somebody else, and shared in words and files of its own. */
  async report(): Promise<void> {
    const { target, report } = this.dispatcher;
    await target.visitDone({ technician: INTERNAL.technician, arrived: '00:10', left: '00:50', note: INTERNAL.visit });
    await this.expectStatus('Planned', 'A visit took place. We will tell you what comes next.');
    await target.writeReport(this.work);
    await report.write(INTERNAL.report);
    const files = Object.values(REPORT_FILES);
    await report.addFiles(files, files.map((file) => basename(file)));
    await expect(this.dispatcher.main.getByRole('button', { name: 'Approve' })).toHaveCount(0);

    await this.manager.report.open(this.work, 'Draft');
    await this.manager.report.approve('Marta');
    await this.portal.reports.openList();
    await expect(this.portal.main).toContainText('Reports appear here once shared with you.');

    await this.release();
    await this.readReport();
  }

  /** The manager's release: two files, one shared. */
  private async release(): Promise<void> {
    const { release } = this.manager;
    const [shared, kept] = [basename(REPORT_FILES.shared), basename(REPORT_FILES.kept)];
    await release.open();
    await expect(this.manager.main).toContainText('1 person will see this.');
    await expect(release.shareBox(shared)).not.toBeChecked();
    await expect(release.shareBox(kept)).not.toBeChecked();
    await release.write({ title: PUBLIC.report, summary: PUBLIC.summary, message: PUBLIC.message });
    await release.shareFile(shared, PUBLIC.file, 'All values are good');
    if (this.manager.visit.live) await release.expectPreview(this.contact.name, PUBLIC.report);
    await release.publish(this.work);
    await expect(this.manager.part('Shared with the customer')).toContainText(PUBLIC.report);
  }

  /** The contact's side of it: a mail without content, the page, the one file. */
  private async readReport(): Promise<void> {
    const mail = await this.server.mail(this.contact.email, 'Report shared');
    for (const content of [...Object.values(PUBLIC), this.customer, this.pune.street, this.request.title]) expect(mail).not.toContain(content);
    await this.portal.page.goto(this.server.link(mail));
    await this.portal.shown(PUBLIC.report, /\/reports\/./);
    await this.expectOnlyPublic();
    for (const words of [PUBLIC.summary, PUBLIC.message, PUBLIC.work, this.number]) await expect(this.portal.main).toContainText(words);
    const { name, bytes } = await this.portal.reports.download(PUBLIC.file);
    expect(name).toBe(PUBLIC.file);
    expect(bytes.equals(readFileSync(REPORT_FILES.shared))).toBe(true);
    await expect(this.portal.reports.file(INTERNAL.keptFile)).toHaveCount(0);
    const pdf = await this.portal.reports.pdf();
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    await this.manager.reload();
    await expect(this.manager.part('Shared with the customer')).toContainText(this.contact.name);
  }

  /** Step 8: a follow-up is required, shared, planned with a date of its own; the work is finished. The contact sees each. */
  async followUp(): Promise<void> {
    const { dispatcher, manager, portal } = this;
    await dispatcher.report.requireFollowUp({ internal: INTERNAL.followUp, public: PUBLIC.followUp });
    await portal.followUps.openList();
    await expect(portal.main).toContainText('Nothing to follow up.');
    await manager.reload();
    await manager.report.shareFollowUp(PUBLIC.followUp);
    await this.server.mail(this.contact.email, 'Follow-up required');
    await portal.followUps.openList();
    await expect(portal.followUps.under('Required', PUBLIC.followUp)).toContainText('Follow-up required');
    await portal.requests.open(this.request.title);
    await portal.requests.expectNext('We plan the follow-up work.');

    await dispatcher.reload();
    await dispatcher.report.planFollowUp(PUBLIC.followUp, {
      title: `${INTERNAL.followUpWork} ${this.tag}`,
      publicTitle: PUBLIC.followUpWork,
      note: INTERNAL.dispatch,
    });
    await dispatcher.target.schedule({ date: tomorrow(this.pune.zone), from: '08:00', until: '10:00', team: INTERNAL.team }, true);
    await this.server.mail(this.contact.email, 'Follow-up planned');
    await portal.followUps.openList();
    await expect(portal.followUps.under('Planned', PUBLIC.followUp)).toContainText(anyBlank(/Visit planned: Tomorrow, .*, 8–10 am/));
    await this.expectOnlyPublic();
    await dispatcher.followUps.openList('Planned');
    await expect(dispatcher.row(INTERNAL.followUp).filter({ hasText: this.customer })).toContainText('Shared with the customer');

    await portal.requests.open(this.request.title);
    await portal.requests.expectNext(/We do the follow-up work: Tomorrow, .*, 8–10 am\./);
    await dispatcher.inbox.openQueue('All');
    await dispatcher.inbox.openRequest(this.request.title);
    await dispatcher.target.openFromRequest(this.work);
    await dispatcher.target.finish();
    await this.expectStatus('Completed', 'The work is done.');
  }

  /** The end: the timeline has each milestone once, and what is not for the contact nowhere. */
  async lookBack(): Promise<void> {
    await this.portal.timeline.open();
    await this.expectOnlyPublic();
    const entries = await this.portal.timeline.entries();
    const milestones = [
      `Request submitted: ${this.request.title}`,
      `Appointment scheduled: ${PUBLIC.work}`,
      `Visit completed: ${PUBLIC.work}`,
      `Report shared: ${PUBLIC.report}`,
      `Follow-up required: ${PUBLIC.followUp}`,
      `Follow-up planned: ${PUBLIC.followUp}`,
    ];
    for (const milestone of milestones) expect(entries.filter((entry) => entry === milestone), milestone).toHaveLength(1);
    await this.portal.home.open();
    await expect(this.portal.home.row('Next appointments', PUBLIC.followUpWork)).toBeVisible();
    await expect(this.portal.home.row('Follow-ups', PUBLIC.followUp)).toBeVisible();
  }

  /** The contact leaves; what was on the screen does not come back. */
  async signOut(): Promise<void> {
    await this.portal.signOut();
    await this.portal.page.goBack();
    await this.portal.shown('Sign in');
    await this.portal.signIn.as(this.contact.email, PASSWORD);
  }

  /** What the contact reads about the request now: its status and the sentence about it, and nothing of the office. */
  async expectStatus(word: string, meaning: string): Promise<void> {
    await this.portal.requests.open(this.request.title);
    await this.portal.requests.expectStatus(word, meaning);
    await this.expectOnlyPublic();
  }

  /** Nothing of the office is in the page, hydration data included. */
  async expectOnlyPublic(): Promise<void> {
    const html = await this.portal.page.content();
    for (const [what, words] of Object.entries(INTERNAL)) {
      if (what !== 'score') expect(html.includes(words), `${what} in ${this.portal.page.url()}`).toBe(false);
    }
  }
}

/** The day it is at a location. */
export function today(zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date());
}

export function tomorrow(zone: string): string {
  const day = new Date(`${today(zone)}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}
