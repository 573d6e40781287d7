import { Tour as Walk } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyOf } from '../actions/command.ts';
import { deskState } from '../desk.ts';
import { remember } from '../remember.ts';
import { type Step, stepsFor } from './steps.ts';

/** For a page to come up, ms. Not all that is pointed at comes: nobody decides on what a colleague holds. */
const PATIENCE = 1500;

const find = (step: Step | undefined) => (step ? document.querySelector<HTMLElement>(step.target) : null);

/** Brings the page of a step on screen. @returns whether it was not there yet */
function turnTo(step: Step): boolean {
  const { reviewing, selected, open, close } = deskState();
  if (step.page === 'queue' && reviewing) close();
  else if (step.page === 'review' && !reviewing && selected) open(selected);
  else return false;
  return true;
}

/** The step that is on screen: the wanted one as soon as what it points at is there, or nothing to wait for is left. */
function useStep(steps: readonly Step[], wanted: number): number {
  const [at, setAt] = useState(wanted);
  useEffect(() => {
    const step = steps[wanted];
    if (!step) return;
    const arrive = () => setAt(wanted);
    if (!turnTo(step) || find(step)) return arrive();
    const watcher = new MutationObserver(() => find(step) && arrive());
    watcher.observe(document.body, { childList: true, subtree: true });
    const patience = setTimeout(arrive, PATIENCE);
    return () => {
      watcher.disconnect();
      clearTimeout(patience);
    };
  }, [steps, wanted]);
  return at;
}

/**
 * The way on has the focus, so that Enter goes through all of it: as soon as it is there, and again where a page that
 * comes up takes it away. Gives the way to stop.
 */
function holdFocus(at: number): () => void {
  const until = performance.now() + PATIENCE;
  let had = false;
  let frame = 0;
  const hold = () => {
    const next = document.querySelector<HTMLElement>(`.desk-tour [data-step="${at}"]`);
    // Who has gone on to another button of the box keeps it.
    if (!had || !document.activeElement?.closest('.desk-tour')) next?.focus();
    had ||= next !== null && document.activeElement === next;
    if (performance.now() < until) frame = requestAnimationFrame(hold);
  };
  frame = requestAnimationFrame(hold);
  return () => cancelAnimationFrame(frame);
}

/** A walk over the real screens in a few steps: by keys or mouse, told to screen readers, ended at any time. */
export function TourBox({ decides }: { readonly decides: boolean }) {
  const { t } = useTranslation();
  const [steps] = useState(() => {
    const { conflicts, closeConflicts, selected, reviewing } = deskState();
    if (conflicts) closeConflicts();
    return stepsFor(decides, (selected ?? reviewing) !== null);
  });
  const [wanted, setWanted] = useState(0);
  const at = useStep(steps, wanted);
  useEffect(() => holdFocus(at), [at]);
  const end = () => {
    remember({ toured: true });
    deskState().show('none');
  };
  const words = (step: Step) => ({
    title: t(`tour.${step.id}.title`),
    description: t(
      `tour.${step.id}.text`,
      Object.fromEntries(Object.entries(step.keys).map(([name, id]) => [name, keyOf(id)])),
    ),
  });
  const current = steps[at];
  const said = current && words(current);
  return (
    <>
      <span className="heard" role="status">
        {said && `${said.title}${t('list.separator')}${said.description}`}
      </span>
      <Walk
        open
        current={at}
        onChange={setWanted}
        onClose={end}
        onFinish={end}
        classNames={{ root: 'desk-tour' }}
        steps={steps.map((step, index) => ({
          ...words(step),
          // Without anything to point at it stands in the middle.
          target: () => find(step) as HTMLElement,
          nextButtonProps: {
            children: t(index === steps.length - 1 ? 'tour.end' : 'tour.next'),
            ...{ 'data-step': index, 'data-testid': 'tour-next' },
          },
          prevButtonProps: { children: t('tour.previous') },
        }))}
        indicatorsRender={(step, total) => (
          <span className="quiet">
            {step + 1}/{total}
          </span>
        )}
      />
    </>
  );
}
