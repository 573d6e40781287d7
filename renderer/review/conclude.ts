import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act } from '../../shared/decision.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import type { Bench } from './bench.ts';
import { moveOn, save } from './decide.ts';
import { reviewState } from './state.ts';

/** Saves the decision of a dialog and goes on to the next submission; `saving` meanwhile. */
export function useConclude(bench: Bench, next: SubmissionId | null) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [saving, setSaving] = useState(false);
  const conclude = async (act: Act) => {
    if (saving) return;
    setSaving(true);
    const saved = await save(client, t, bench, act);
    setSaving(false);
    if (!saved) return;
    reviewState().clear();
    moveOn(t, bench, next, act.kind);
  };
  return { saving, conclude };
}
