// Shows what a page's own choices lead to – another method, a part of the whole, another
// period – without leaving the page: fetches it from the address of the link, puts in
// what differs, and says it. Whatever goes wrong, the link leads there.
(function () {
  'use strict';
  var said = document.createElement('p');
  said.className = 'hidden';
  said.setAttribute('role', 'status');
  document.body.append(said);

  // What may change: the parts of the content, and the links around it that keep the choice.
  function parts(page) {
    return Array.from(page.querySelectorAll('main > *, .languages, footer form'));
  }
  function written(all) {
    return all.map(function (part) { return part.outerHTML; });
  }
  var known = written(parts(document)); // as the server wrote it: this runs before all that changes it
  var latest = null;

  function folds(part) {
    return Array.from(part.querySelectorAll('details'));
  }

  // Puts a new part in the place of an old one; what was open stays so.
  function renew(old, part) {
    var open = folds(old), now = folds(part);
    now.forEach(function (fold, n) {
      var before = open.length === now.length ? open[n] : open.find(function (other) {
        return other.firstElementChild.textContent === fold.firstElementChild.textContent;
      });
      fold.open = !!before && before.open;
    });
    old.replaceWith(part);
    part.dispatchEvent(new CustomEvent('renewed', { bubbles: true }));
  }

  // What a part says in short: its heading, and the sentences of its status and its chart.
  function sentences(part) {
    return Array.from(part.querySelectorAll('h2, .note, .why, figcaption')).filter(function (text) {
      return !text.closest('details');
    }).map(function (text) { return text.textContent.trim(); });
  }

  function show(page, address, link) {
    var old = parts(document), now = parts(page), html = written(now), at = link.getBoundingClientRect().top;
    if (old.length !== now.length) throw new Error('another page');
    var heard = [];
    now.forEach(function (part, n) {
      if (html[n] === known[n]) return;
      if (part.closest('main')) heard = heard.concat(sentences(part));
      renew(old[n], document.importNode(part, true)); // adopted, its pictures would all be fetched
    });
    known = html;
    document.title = page.title;
    history.replaceState(null, '', address);
    // The same choice has the focus, where it was on the screen.
    var again = Array.from(document.querySelectorAll('main a')).find(function (a) { return a.href === link.href && a.checkVisibility(); });
    if (again) {
      again.focus({ preventScroll: true });
      scrollBy({ top: again.getBoundingClientRect().top - at, behavior: 'instant' });
    }
    said.textContent = heard.join(' – ');
  }

  document.addEventListener('click', function (event) {
    var link = event.target.closest('main a[href]');
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    var to = new URL(link.href);
    if (to.origin !== location.origin || to.pathname !== location.pathname || !to.search && to.hash || link.hasAttribute('download')) return;
    event.preventDefault();
    latest = link;
    document.querySelector('main').setAttribute('aria-busy', 'true');
    fetch(to).then(function (answer) {
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      return answer.text();
    }).then(function (text) {
      if (latest !== link) return; // another choice has been made meanwhile
      show(new DOMParser().parseFromString(text, 'text/html'), to.pathname + to.search, link);
      document.querySelector('main').removeAttribute('aria-busy');
    }).catch(function () {
      location.assign(to);
    });
  });
})();
