import { CHANNELS, type Channel, type Desk, type Input, type Outcome, type Output } from '../shared/ipc.ts';
import { type Problem, problem } from '../shared/problem.ts';

declare global {
  interface Window {
    readonly desk: Desk;
  }
}

type Asks = { readonly [C in Channel]: (input: Input<C>) => Promise<Outcome<Output<C>>> };

/** A problem that main answered; shown to the user as it is. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/**
 * Calls a channel and parses the answer. The only user of the bridge besides the event subscriptions.
 * @throws ProblemError when main answers with a problem
 */
export async function call<C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>> {
  const asks: Asks = window.desk;
  const outcome = await asks[channel](input);
  if (!outcome.ok) throw new ProblemError(outcome.problem);
  return CHANNELS[channel].output.parse(outcome.value) as Output<C>;
}

/** What a failed call says; a bug is shown as one, without its details. */
export function problemOf(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : problem('desk.failed');
}

/** Subscribes to changes of the tables; gives the way to stop. */
export const onChanged: Desk['onChanged'] = (listener) => window.desk.onChanged(listener);
/** Subscribes to the status; gives the way to stop. */
export const onStatus: Desk['onStatus'] = (listener) => window.desk.onStatus(listener);
/** Subscribes to commands from the application menu; gives the way to stop. */
export const onCommand: Desk['onCommand'] = (listener) => window.desk.onCommand(listener);
