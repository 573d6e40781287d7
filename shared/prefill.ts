/** A sign-in that is filled in for the sample district. */
export type Prefill = {
  readonly service: string;
  readonly account: string;
  readonly password: string;
  /** Done without a click. */
  readonly atOnce: boolean;
};

/**
 * What the environment fills in: the service, and `account:password`; null unless both are there. Read without a schema,
 * because the first page shows it before schemas are loaded.
 */
export function prefillOf(environment: Readonly<Record<string, string | undefined>>): Prefill | null {
  const {
    REVIEW_DESK_SERVICE: service,
    REVIEW_DESK_SIGN_IN: signIn,
    REVIEW_DESK_SIGN_IN_AT_ONCE: atOnce,
  } = environment;
  const [account = '', ...rest] = signIn?.split(':') ?? [];
  if (!service || rest.length === 0) return null;
  return { service, account, password: rest.join(':'), atOnce: atOnce === '1' };
}
