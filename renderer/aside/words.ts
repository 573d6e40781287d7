import type { TFunction } from 'i18next';
import type { Aside } from '../../shared/aside.ts';

/** Why a submission was set aside, in words. */
export function asideText(t: TFunction, aside: Aside): string {
  return 'words' in aside ? aside.words : t(`aside.reason.${aside.usual}`);
}
