import { randomUUID } from 'node:crypto';
import { judges } from '../../shared/decision.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import type { Channel, Input, MenuGroups, Output } from '../../shared/ipc.ts';
import { setAside } from '../aside.ts';
import { decide, undo } from '../decide.ts';
import { decisionsToExport } from '../export/decisions.ts';
import { openExports } from '../export/exports.ts';
import type { Aligner } from '../images/align-host.ts';
import { redo } from '../redo.ts';
import { readConflict, resolve } from '../resolve.ts';
import { judgeSpot, readSpotCheck, readSpotSubject } from '../spot-checks.ts';
import type { Reader } from '../store/database.ts';
import { readMemory, writeMemory } from '../store/memory.ts';
import { listDecisions, listParked, tracked } from '../store/outbox.ts';
import { queueNeighbours, queuePage } from '../store/queue.ts';
import { queueCounts } from '../store/queue-tally.ts';
import { reasonUses } from '../store/reason-uses.ts';
import { concludedSince } from '../store/rhythm.ts';
import { readSubmission } from '../store/submissions.ts';
import { readSubject } from '../subject.ts';
import type { Workstation } from '../workstation.ts';

/** A channel's function. Expected failures are thrown as `Failure`. */
export type Handler<C extends Channel> = (input: Input<C>) => Output<C> | Promise<Output<C>>;
export type Handlers = { readonly [C in Channel]: Handler<C> };

/** The candidate of a submission; empty when it isn't here. */
function nameOf(db: Reader, id: SubmissionId | undefined): string {
  return (id && readSubmission(db, id)?.effective.form.name) ?? '';
}

/** What the window can do with its menu. */
export type MenuBar = { readonly set: (groups: MenuGroups) => void; readonly show: () => void };
/** What needs the window: the menu, and dialogs of the system. */
export type Surface = {
  readonly menu: MenuBar;
  /** Size of everything in the page, 1 as it is. */
  readonly setZoom: (factor: number) => void;
  /** Asks where to save a text, and does; false when nowhere. */
  readonly saveText: (name: string, text: string) => Promise<boolean>;
  /** The text of a file that the user chooses; null when none. */
  readonly openText: () => Promise<string | null>;
  readonly align: Aligner;
  /** Opens the window's page anew. */
  readonly reopen: () => void;
  /** Opens the window for a second screen, or closes it. */
  readonly secondScreen: () => void;
  /** Asks where to save a file of a kind; null when nowhere. */
  readonly whereTo: (name: string, extension: string) => Promise<string | null>;
  /** What the page shows for print, as PDF on A4. */
  readonly pdf: () => Promise<Uint8Array>;
};
/** A desk without a window. */
const BARE: Surface = {
  menu: { set: () => undefined, show: () => undefined },
  setZoom: () => undefined,
  saveText: async () => false,
  openText: async () => null,
  align: async () => null,
  reopen: () => undefined,
  secondScreen: () => undefined,
  whereTo: async () => null,
  pdf: async () => new Uint8Array(),
};

/** What each channel does. */
export function handlersOf(desk: Workstation, info: Output<'info'>, surface: Surface = BARE): Handlers {
  const exports = openExports({
    record: (ask) => desk.service().recordExport(ask),
    whereTo: surface.whereTo,
    pdf: surface.pdf,
    newId: randomUUID,
  });
  return {
    info: () => info,
    settings: () => desk.settings(),
    changeSettings: (change) => {
      const settings = desk.changeSettings(change);
      surface.setZoom(settings.zoom / 100);
      return settings;
    },
    setMenu: (groups) => {
      surface.menu.set(groups);
      return undefined;
    },
    showMenu: () => {
      surface.menu.show();
      return undefined;
    },
    reopen: () => {
      surface.reopen();
      return undefined;
    },
    secondScreen: () => {
      surface.secondScreen();
      return undefined;
    },
    rhythm: ({ since }) => {
      const { store, view } = desk.work();
      const { open, others, aside } = queueCounts(store.read, view.level);
      return { made: concludedSince(store.read, since), left: Math.max(0, open - others - aside) };
    },
    memory: () => readMemory(desk.work().store.read),
    remember: (change) => {
      desk.work().store.transact((db) => writeMemory(db, change));
      return undefined;
    },
    savePhrases: ({ text }) => surface.saveText('review-desk-phrases.json', text),
    saveKeys: ({ text }) => surface.saveText('review-desk-keys.json', text),
    openKeys: async () => ({ text: await surface.openText() }),
    signIn: (typed) => desk.signIn(typed),
    startAnew: (typed) => desk.startAnew(typed),
    changePassword: async (typed) => {
      await desk.changePassword(typed);
      return undefined;
    },
    signOut: async () => {
      await desk.signOut();
      return undefined;
    },
    session: () => desk.session(),
    startSync: () => {
      desk.startSync();
      return undefined;
    },
    cancelSync: () => {
      desk.cancelSync();
      return undefined;
    },
    status: () => desk.status(),
    queuePage: (query) => {
      const { store, view } = desk.work();
      return queuePage(store.read, query, view.level);
    },
    queueCounts: () => {
      const { store, view } = desk.work();
      return queueCounts(store.read, view.level);
    },
    queueNeighbours: (query) => {
      const { store, view } = desk.work();
      return queueNeighbours(store.read, query, view.level);
    },
    subject: ({ id }) => {
      desk.attend(id);
      return readSubject(desk.work().store.read, id);
    },
    renditions: ({ rendition, hashes }) =>
      hashes.map((sha256) => {
        const picture = desk.picture(rendition, sha256);
        return picture && new Uint8Array(picture.body);
      }),
    align: async ({ before, now }) => {
      const [a, b] = [desk.picture('full', before), desk.picture('full', now)];
      return a && b ? surface.align(new Uint8Array(a.body), new Uint8Array(b.body)) : null;
    },
    stay: ({ id }) => {
      desk.stay(id);
      return undefined;
    },
    leave: ({ id }) => {
      desk.leave(id);
      return undefined;
    },
    reviewers: ({ id }) => desk.reviewers(id),
    takeOver: async (ask) => {
      await desk.takeOver(ask);
      return undefined;
    },
    decide: (ask) => {
      const work = desk.work();
      const decision = decide(work, ask);
      desk.decided(decision.submissionId);
      // A note may be written beside somebody else's review: it claims nothing.
      if (judges(decision.act)) desk.stay(decision.submissionId);
      return { decision, subject: readSubject(work.store.read, decision.submissionId) };
    },
    setAside: ({ submissionId, aside }) => {
      setAside(desk.work(), submissionId, aside);
      desk.moved(submissionId);
      return undefined;
    },
    undo: ({ submissionId }) => {
      const work = desk.work();
      const undone = undo(work, submissionId);
      for (const decision of [undone.withdrawn, undone.reopened]) if (decision) desk.decided(decision.submissionId);
      if (undone.aside) desk.moved(undone.aside);
      const about = (undone.withdrawn ?? undone.reopened)?.submissionId ?? undone.aside;
      return { ...undone, name: nameOf(work.store.read, about) };
    },
    redo: () => {
      const work = desk.work();
      const redone = redo(work);
      const decided = redone.decision ?? redone.dropped;
      if (decided) desk.decided(decided.submissionId);
      if (redone.aside) desk.moved(redone.aside);
      const about = decided?.submissionId ?? redone.aside;
      return { ...redone, name: nameOf(work.store.read, about) };
    },
    decisions: (filter) => listDecisions(desk.work().store.read, filter).map(tracked),
    reasonUses: () => reasonUses(desk.work().store.read),
    parked: () => listParked(desk.work().store.read),
    conflict: ({ id }) => {
      const conflict = readConflict(desk.work().store.read, id);
      desk.attend(conflict.parked.decision.submissionId);
      return conflict;
    },
    history: ({ id }) => desk.history(id),
    auditPage: (ask) => desk.service().auditPage(ask),
    auditCounts: (filter) => desk.service().auditCounts(filter),
    auditPeople: async () => (await desk.service().auditPeople()).people,
    submissionHistory: ({ id }) => desk.service().submissionHistory(id),
    resolve: (ask) => {
      const work = desk.work();
      const { parked, decision } = resolve(work, ask);
      desk.decided(parked.submissionId);
      const { read } = work.store;
      const subject = readSubmission(read, parked.submissionId) ? readSubject(read, parked.submissionId) : null;
      return { decision, subject };
    },
    proofs: () => desk.proofs().state(),
    startProofs: () => {
      desk.proofs().start();
      return undefined;
    },
    cancelProofs: () => {
      desk.proofs().cancel();
      return undefined;
    },
    noteBreak: ({ id }) => {
      desk.proofs().note(id);
      return undefined;
    },
    saveReport: ({ name, text }) => surface.saveText(name, text),
    spotChecks: () => desk.service().spotChecks(),
    drawSpotCheck: (plan) => desk.service().drawSpotCheck(plan),
    spotCheck: ({ id }) => readSpotCheck(desk.service(), id),
    spotSubject: async (of) => {
      const found = await readSpotSubject(desk.service(), desk.work().store.read, of);
      // Its pictures are fetched like those of any submission on screen.
      desk.attend(found.subject.submission.id);
      return found;
    },
    judgeSpot: (said) => judgeSpot(desk.service(), said),
    overview: () => desk.service().overview(),
    decisionsToExport: (filter) => decisionsToExport(desk.service().auditPage, filter),
    beginExport: (ask) => exports.begin(ask),
    writeExport: async ({ id, sheets }) => {
      await exports.write(id, sheets);
      return undefined;
    },
    printExport: async ({ id }) => {
      await exports.print(id);
      return undefined;
    },
  };
}
