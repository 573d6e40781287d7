import { QueryClientProvider } from '@tanstack/react-query';
import { Button, Input, Tooltip } from 'antd';
import { createRoot } from 'react-dom/client';
import { queries } from './query.ts';
import { Controls } from './ui/Controls.tsx';

/**
 * Draws the commonest controls once where nobody sees them, so that their styles stand and their code has run before the
 * desk needs them.
 */
export function warmControls(): void {
  const nowhere = createRoot(document.createElement('div'));
  nowhere.render(
    <QueryClientProvider client={queries}>
      <Controls>
        <Tooltip title=" ">
          <Button type="primary" size="small" />
        </Tooltip>
        <Input allowClear prefix=" " />
      </Controls>
    </QueryClientProvider>,
  );
  requestIdleCallback(() => nowhere.unmount());
}
