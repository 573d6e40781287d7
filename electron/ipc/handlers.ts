import type { Channel, Input, Output } from '../../shared/ipc.ts';
import { decide, dismiss, undo } from '../decide.ts';
import { listDecisions, tracked } from '../store/outbox.ts';
import { queueNeighbours, queuePage } from '../store/queue.ts';
import { queueCounts } from '../store/queue-tally.ts';
import { readSubject } from '../subject.ts';
import type { Workstation } from '../workstation.ts';

/** A channel's function. Expected failures are thrown as `Failure`. */
export type Handler<C extends Channel> = (input: Input<C>) => Output<C> | Promise<Output<C>>;
export type Handlers = { readonly [C in Channel]: Handler<C> };

/** What each channel does. */
export function handlersOf(desk: Workstation, info: Output<'info'>): Handlers {
  return {
    info: () => info,
    settings: () => desk.settings(),
    changeSettings: (change) => desk.changeSettings(change),
    signIn: (typed) => desk.signIn(typed),
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
    decide: (ask) => {
      const work = desk.work();
      const decision = decide(work, ask);
      desk.decided(decision.submissionId);
      return { decision, subject: readSubject(work.store.read, decision.submissionId) };
    },
    undo: ({ submissionId }) => {
      const withdrawn = undo(desk.work(), submissionId);
      desk.decided(withdrawn.submissionId);
      return { withdrawn };
    },
    decisions: (filter) => listDecisions(desk.work().store.read, filter).map(tracked),
    dismiss: ({ id }) => {
      desk.decided(dismiss(desk.work(), id).submissionId);
      return undefined;
    },
  };
}
