// The desk's keys, a job's progress, and names to pick. All of it works without: each key
// presses a link or a button that is in the page.
const typing = 'input, textarea, select, [contenteditable]';

// Each candidate is walked to by j and k, and decided on by the key of its button.
function review(root) {
  const candidates = [...root.querySelectorAll('[data-candidate]')];
  let current;

  function marks(candidate) {
    const pk = candidate?.dataset.candidate;
    return [...root.querySelectorAll(`mark[data-candidates~="${pk}"]`)];
  }

  // Brings the passage into view where text and candidates stand side by side; where one
  // is above the other, nothing moves by itself.
  function show(candidate) {
    root.querySelectorAll('mark.is-current').forEach((mark) => mark.classList.remove('is-current'));
    const shown = marks(candidate);
    shown.forEach((mark) => mark.classList.add('is-current'));
    const [text, list] = root.children;
    if (text.offsetTop === list.offsetTop) shown[0]?.scrollIntoView({ block: 'nearest' });
  }

  function go(candidate, { focus = true } = {}) {
    if (!candidate) return;
    current?.classList.remove('is-current');
    current = candidate;
    current.classList.add('is-current');
    show(current);
    if (focus) current.focus(); // last, since it scrolls too: the candidate goes before
  }

  function step(by) {
    const place = candidates.indexOf(current);
    go(candidates[Math.min(Math.max(place + by, 0), candidates.length - 1)]);
  }

  function press(key) {
    const control = current?.querySelector(`[data-key="${key}"]`);
    if (!control) return false;
    control.click();
    control.closest('details')?.querySelector('select')?.focus();
    return true;
  }

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(typing)) return;
    const { key } = event;
    if (key === 'j') step(1);
    else if (key === 'k') step(-1);
    else if (key === '?') help();
    else if (key === 'Enter' && event.target === current) current.querySelector('[data-passage]').click();
    else if (!press(key)) return;
    event.preventDefault();
  });

  function help() {
    const keys = document.getElementById('keys');
    keys.open = !keys.open;
    keys.querySelector('summary').focus();
  }

  root.addEventListener('click', ({ target }) => {
    const mark = target.closest('mark[data-candidates]');
    if (mark) go(document.getElementById(`candidate-${mark.dataset.candidates.split(' ')[0]}`));
  });
  root.addEventListener('focusin', ({ target }) => {
    const candidate = target.closest('[data-candidate]');
    if (candidate && candidate !== current) go(candidate, { focus: false });
  });
  const named = document.getElementById(location.hash.slice(1));
  const first = named?.closest('[data-candidate]') ?? root.querySelector('.candidate.is-open');
  go(first ?? candidates[0], { focus: Boolean(named) });
}

// Asks how far a job is, ever less often, and loads the page once it has ended.
function follow(card) {
  const bar = card.querySelector('progress');
  const state = card.querySelector('[data-state]');
  let seconds = 1;

  async function ask() {
    try {
      const answer = await fetch(card.dataset.job, { headers: { Accept: 'application/json' } });
      const told = await answer.json();
      if (!told.is_under_way) return location.reload();
      state.textContent = told.state;
      if (told.of) Object.assign(bar, { max: told.of, value: told.done });
    } catch {
      // Away, or logged out: the next time may be better.
    }
    seconds = Math.min(seconds * 1.3, 10);
    return setTimeout(ask, seconds * 1000);
  }
  setTimeout(ask, seconds * 1000);
}

// Writes a suggested name into its field, instead of asking the server to.
function fill(button) {
  button.addEventListener('click', (event) => {
    event.preventDefault();
    const field = document.getElementById(button.dataset.fill);
    field.value = button.value;
    field.focus();
  });
}

// Lets a digit choose among numbered answers.
function digits(form) {
  form.querySelector('input[type=radio]').focus();
  document.addEventListener('keydown', ({ key, target }) => {
    const box = /^[1-9]$/.test(key) && form.querySelector(`input[type=radio][value="${key}"]`);
    if (!box || (target.matches(typing) && target.type !== 'radio')) return;
    box.checked = true;
    box.focus();
  });
}

document.querySelectorAll('[data-digits]').forEach(digits);
document.querySelectorAll('[data-review]').forEach(review);
document.querySelectorAll('[data-job]').forEach(follow);
document.querySelectorAll('[data-fill]').forEach(fill);
