import { Alert, Button, Checkbox, Modal, Select } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formReasons } from '../../shared/catalogue/applicability.ts';
import type { ReasonCode } from '../../shared/catalogue/reasons.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import { compose } from '../../shared/message.ts';
import { CommentField } from '../phrases/CommentField.tsx';
import { sourceOf } from '../phrases/phrases.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { StateIcon } from '../ui/StateIcon.tsx';
import { materialName, reasonName, saidOf, slotName } from '../ui/words.ts';
import { useAmended } from './amend.ts';
import type { Bench } from './bench.ts';
import { CandidateMessage } from './CandidateMessage.tsx';
import { useConclude } from './conclude.ts';
import { missingPoints, returnAct } from './decide.ts';
import { reviewState } from './state.ts';

/** 退回: everything that was found, in one message, shown exactly as the candidate will read it. */
export function ReturnDialog({ bench, next }: { readonly bench: Bench; readonly next: SubmissionId | null }) {
  const { t } = useTranslation();
  const { clear } = reviewState();
  const proposed = missingPoints(bench);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const amended = useAmended(bench);
  const before = amended?.kind === 'submission.return' ? amended.form : null;
  const [reasons, setReasons] = useState<ReasonCode[]>(before?.reasons ?? []);
  const [comment, setComment] = useState(before?.comment ?? '');
  const { saving, conclude } = useConclude(bench, next);

  const materials = proposed.filter(({ material }) => !left.has(material));
  const act = returnAct(bench, materials, { reasons, comment: comment.trim() });
  const message = compose(act, bench.signedIn.policy);
  const empty = act.images.length + materials.length + reasons.length === 0 && comment.trim() === '';
  const send = () => {
    if (!empty) void conclude(act);
  };
  const confirmByKey = (event: KeyboardEvent) => {
    // The key that opened it may still be held: it must not confirm as well.
    if (event.repeat && event.key === 'Enter') event.preventDefault();
    else if (event.ctrlKey && event.key === 'Enter') send();
  };
  return (
    <Modal
      open
      onCancel={clear}
      width={860}
      title={t('returnDialog.title', { name: bench.subject.submission.form.name })}
      // Around all of it: the focus begins on the button below.
      modalRender={(dialog) => <div onKeyDownCapture={confirmByKey}>{dialog}</div>}
      footer={
        <>
          <Button onClick={clear}>{t('decide.cancel')}</Button>
          <Button
            type="primary"
            autoFocus
            onClick={() => send()}
            disabled={empty}
            loading={saving}
            data-testid="return-confirm"
          >
            {t('returnDialog.confirm')} <Kbd>Ctrl ↵</Kbd>
          </Button>
        </>
      }
    >
      <div className="return-dialog" data-testid="return-dialog">
        <div className="return-points">
          {bench.open.size > 0 && (
            <Alert type="warning" showIcon title={t('returnDialog.open', { count: bench.open.size })} />
          )}
          <h3>{t('returnDialog.images', { count: act.images.length })}</h3>
          {act.images.length === 0 && <p className="quiet">{t('returnDialog.noImages')}</p>}
          <ul>
            {act.images.map((image) => (
              <li key={image.slot}>
                <StateIcon mark="returned" />
                <span>
                  <b>
                    {slotName(t, image.slot, bench.counts.get(bench.images.get(image.slot)?.material ?? 'M99') ?? 1)}
                  </b>{' '}
                  {saidOf(t, image)}
                </span>
              </li>
            ))}
          </ul>
          {proposed.length > 0 && (
            <>
              <h3>{t('returnDialog.missing')}</h3>
              {proposed.map(({ material }) => (
                <Checkbox
                  key={material}
                  checked={!left.has(material)}
                  onChange={(event) =>
                    setLeft((before) => {
                      const after = new Set(before);
                      if (event.target.checked) after.delete(material);
                      else after.add(material);
                      return after;
                    })
                  }
                >
                  {materialName(t, material)}
                </Checkbox>
              ))}
            </>
          )}
          <h3>{t('returnDialog.form')}</h3>
          <Select
            mode="multiple"
            value={reasons}
            placeholder={t('returnDialog.formReasons')}
            aria-label={t('returnDialog.formReasons')}
            options={formReasons().map((code) => ({ value: code, label: reasonName(t, code) }))}
            onChange={setReasons}
            optionFilterProp="label"
            data-testid="form-reasons"
          />
          <CommentField
            rows={2}
            value={comment}
            placeholder={t('returnDialog.comment')}
            source={sourceOf(bench, null)}
            onChange={setComment}
          />
        </div>
        <CandidateMessage message={empty ? null : message} images={act.images} />
      </div>
    </Modal>
  );
}
