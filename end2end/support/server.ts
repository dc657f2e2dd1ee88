// A real server with an empty database: started as an operator would, read through its mails and its pages only.

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const PROGRAM = process.env.ORDINAVO_PROGRAM ?? join(ROOT, 'target/debug/ordinavo');
export const PASSWORD = 'seven-lanterns-at-dusk';

export type Engine = 'sqlite' | 'postgres';
export type Role = 'dispatcher' | 'manager' | 'admin';

export class Server {
  readonly data = mkdtempSync(join(tmpdir(), 'ordinavo-end2end-'));
  portal = '';
  desk = '';
  private process?: ChildProcess;
  private env: NodeJS.ProcessEnv = {};
  private log = '';
  private readonly added = new Set<string>();

  static async start(engine: Engine, settings: Record<string, string> = {}): Promise<Server> {
    const server = new Server();
    const [portalPort, deskPort] = [await freePort(), await freePort()];
    server.portal = `http://127.0.0.1:${portalPort}`;
    server.desk = `http://127.0.0.1:${deskPort}`;
    server.env = {
      ...process.env,
      ORDINAVO_TEST_POSTGRES: undefined,
      ORDINAVO_PROGRAM: undefined,
      ORDINAVO_DATA: server.data,
      ORDINAVO_HASHING_MEMORY_KIB: '8',
      ORDINAVO_HASHING_PASSES: '1',
      ...(engine === 'postgres' ? { ORDINAVO_DATABASE_URL: freshPostgres(), ORDINAVO_PORTAL_ROLE: 'ordinavo_portal' } : {}),
    };
    execFileSync(PROGRAM, ['migrate'], { env: server.env, cwd: ROOT, stdio: 'pipe' });
    server.serve({
      ORDINAVO_PORTAL_ADDRESS: `127.0.0.1:${portalPort}`,
      ORDINAVO_DESK_ADDRESS: `127.0.0.1:${deskPort}`,
      ORDINAVO_SITE: process.env.ORDINAVO_SITE ?? join(ROOT, 'target/site'),
      ORDINAVO_COMPANY: 'Northlight Services',
      ORDINAVO_EMERGENCY_PHONE: '+49 30 112',
      ORDINAVO_UNDO: '1s',
      ...settings,
    });
    await server.ready();
    return server;
  }

  /** The sign-in of a staff member; the first time, adds it as the README tells an operator to. */
  staff(name: string, role: Role): string {
    const email = `${name.toLowerCase()}@service.example`;
    if (!this.added.has(email)) {
      execFileSync(PROGRAM, ['staff', 'add', '--name', name, '--email', email, '--role', role], {
        env: this.env, cwd: ROOT, stdio: 'pipe', input: `${PASSWORD}\n`,
      });
      this.added.add(email);
    }
    return email;
  }

  /** The newest mail with this subject to an address; waits until there are `count` of them. */
  async mail(to: string, subject: string, count = 1): Promise<string> {
    for (let tries = 0; tries < 100; tries++) {
      const mails = this.mails(to).filter((mail) => new RegExp(`^Subject: .*${subject}\\s*$`, 'm').test(mail));
      if (mails.length >= count) return mails.at(-1)!;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`no mail "${subject}" to ${to}\n${this.log}`);
  }

  /** The first link in a mail's text: what the mail is for. The headers have one too, for mail programs. */
  link(mail: string): string {
    const [link] = mail.slice(mail.indexOf('\r\n\r\n')).match(new RegExp(`${this.portal}/[A-Za-z0-9_/-]*`)) ?? [];
    if (!link) throw new Error(`no link in the mail\n${mail}`);
    return link;
  }

  /** The link by which a mail's kind is stopped. */
  unsubscribeLink(mail: string): string {
    const [link] = mail.match(new RegExp(`${this.portal}/unsubscribe/[A-Za-z0-9_-]*`)) ?? [];
    if (!link) throw new Error(`no link to stop such mails\n${mail}`);
    return link;
  }

  /** The mails to an address as text, oldest first. */
  private mails(to: string): string[] {
    const folder = join(this.data, 'mail');
    let names: string[] = [];
    try { names = readdirSync(folder); } catch { return []; }
    return names.map((name) => join(folder, name))
      .sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs)
      .map((file) => decoded(readFileSync(file, 'latin1')))
      .filter((mail) => mail.includes(`To: ${to}`));
  }

  async stop(): Promise<void> {
    const process = this.process;
    if (process && process.exitCode === null) {
      const ended = new Promise((done) => process.once('exit', done));
      process.kill('SIGTERM');
      await ended;
    }
    rmSync(this.data, { recursive: true, force: true });
  }

  /** What the server logged so far, for a test's failure. */
  logged(): string {
    return this.log;
  }

  private serve(settings: Record<string, string>): void {
    this.process = spawn(PROGRAM, ['serve'], { env: { ...this.env, ...settings }, cwd: ROOT });
    for (const stream of [this.process.stdout!, this.process.stderr!]) stream.on('data', (chunk) => { this.log += chunk; });
  }

  private async ready(): Promise<void> {
    for (let tries = 0; tries < 150; tries++) {
      if (this.process?.exitCode !== null) break;
      try { if ((await fetch(`${this.portal}/readyz`)).ok && (await fetch(`${this.desk}/readyz`)).ok) return; } catch { /* not yet */ }
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`the server did not start\n${this.log}`);
  }
}

/** A mail with its quoted-printable parts as text. */
function decoded(mail: string): string {
  const plain = mail.replace(/\r\n[ \t]+/g, ' ').replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1').toString('utf8');
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail).listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

/** A new database in the cluster that scripts/postgres.sh started. */
function freshPostgres(): string {
  const cluster = process.env.ORDINAVO_TEST_POSTGRES;
  if (!cluster) throw new Error('ORDINAVO_TEST_POSTGRES is not set: run scripts/browser.sh');
  const folder = new URL(cluster).searchParams.get('host')!;
  const name = `e${Date.now()}${Math.floor(Math.random() * 1e6)}`;
  execFileSync('psql', ['-h', folder, '-p', new URL(cluster).port || '5432', '-U', 'postgres', '-qc', `CREATE DATABASE ${name}`]);
  return cluster.replace('/postgres?', `/${name}?`);
}
