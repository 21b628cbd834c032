// Lets Escape hide what a word means, which shows while it is pointed at or has the focus,
// until the pointer and the focus have left it.
(function () {
  'use strict';
  function met(term) {
    return term.matches(':hover') || term.contains(document.activeElement);
  }
  function back() {
    document.querySelectorAll('.term.quiet').forEach(function (term) {
      if (!met(term)) term.classList.remove('quiet');
    });
  }
  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') return;
    document.querySelectorAll('.term').forEach(function (term) {
      if (met(term)) term.classList.add('quiet');
    });
  });
  document.addEventListener('pointerout', function () { setTimeout(back); });
  document.addEventListener('focusout', function () { setTimeout(back); });
})();
