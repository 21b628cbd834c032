// Lets Escape hide what a word means, which shows while it is pointed at or has the focus,
// until the pointer and the focus have left it.
(function () {
  'use strict';
  var terms = document.querySelectorAll('.term');
  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') return;
    terms.forEach(function (term) {
      if (term.matches(':hover') || term.contains(document.activeElement)) term.classList.add('quiet');
    });
  });
  terms.forEach(function (term) {
    function back() {
      if (!term.matches(':hover') && !term.contains(document.activeElement)) term.classList.remove('quiet');
    }
    term.addEventListener('pointerleave', back);
    term.addEventListener('focusout', function () { setTimeout(back); });
  });
})();
