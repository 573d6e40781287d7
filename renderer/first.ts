// The first thing that the page loads: styles of what is drawn already, and an ear for what is done to it meanwhile.
import './styles/tokens.css';
import './styles/base.css';
import './styles/large-text.css';
import './sign-in/sign-in.css';

// Without its script a form would be sent, which the content policy refuses: kept, and done once the script is there.
const early = (event: Event) => {
  event.preventDefault();
  document.documentElement.dataset.submitted = 'early';
};
document.addEventListener('submit', early, { capture: true });

/** Everything else waits for the first frame; not for ever, because a hidden window draws none. */
await new Promise<void>((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve, 0));
  setTimeout(resolve, 100);
});
await import('./main.tsx');
document.removeEventListener('submit', early, { capture: true });
