// Warns while figures are typed in the grid of the desk, before anything is sent. It refuses
// nothing: the rules are the server's. Arrow keys and Enter go from cell to cell. It puts the
// fields for comments and files where they are wanted.
(function () {
  'use strict';
  var doubts = document.getElementById('doubts');
  var table = document.querySelector('table.grid');
  if (!doubts || !table) return;
  var values = 'input[name^="v:"]', pattern = document.getElementById('beside');

  // number reads a value as people write it; NaN where it is none.
  function number(text) {
    var plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(/[\u0660-\u0669]/g, function (digit) {
      return String(digit.charCodeAt(0) - 0x660);
    }).replace(/[,\u066b]/, '.').replace('\u2212', '-');
    return plain === '' || !/^-?\d+(\.\d+)?$/.test(plain) ? NaN : Number(plain);
  }

  // about names what is odd about a value, or nothing.
  function about(cell, row) {
    var text = cell.value.trim(), value = number(text);
    if (text === '' || /^[oq]$/i.test(text)) return '';
    if (isNaN(value)) return 'number';
    if (row.dataset.low !== '' && value < Number(row.dataset.low)) return 'low';
    if (row.dataset.high !== '' && value > Number(row.dataset.high)) return 'high';
    var last = cell.dataset.last === undefined ? NaN : Number(cell.dataset.last);
    if (isNaN(last) || last === 0 || value === 0) return '';
    if (row.dataset.cumulative === 'true' && value < last) return 'below';
    var ratio = Math.abs(value / last);
    if (ratio > 80 && ratio < 125 || ratio > 800 && ratio < 1250 || ratio > 0.008 && ratio < 0.0125 || ratio > 0.0008 && ratio < 0.00125) return 'hundred';
    return ratio > 3 || ratio < 1 / 3 ? 'jump' : '';
  }

  // heavy is what is odd about files that were chosen.
  function heavy(cell) {
    return Array.from(cell.files).some(function (file) { return file.size > Number(doubts.dataset.bytes); }) ? 'heavy' : '';
  }

  function check(cell) {
    var row = cell.closest('tr'), doubt = cell.type === 'file' ? heavy(cell) : about(cell, row);
    cell.classList.toggle('doubtful', doubt !== '');
    var note = cell.parentElement.querySelector('.doubt');
    if (note) note.remove();
    if (doubt === '') {
      doubts.textContent = '';
      return;
    }
    note = document.createElement('span');
    note.className = 'doubt';
    note.textContent = doubts.dataset[doubt];
    cell.after(note);
    doubts.textContent = row.querySelector('th').textContent.trim() + ' – ' + doubts.dataset[doubt];
  }

  table.addEventListener('input', function (event) {
    if (event.target.matches(values + ', input[type="file"]')) check(event.target);
  });

  // Whoever leaves is asked, as long as something was typed that was not sent.
  function ask(event) { event.preventDefault(); }
  table.addEventListener('input', function () { window.addEventListener('beforeunload', ask); });
  table.closest('form').addEventListener('submit', function () { window.removeEventListener('beforeunload', ask); });

  // neighbour is the cell above or below, in the same column.
  function neighbour(cell, step) {
    var column = cell.parentElement.cellIndex, row = cell.closest('tr');
    for (row = step > 0 ? row.nextElementSibling : row.previousElementSibling; row; row = step > 0 ? row.nextElementSibling : row.previousElementSibling) {
      var input = row.cells[column].querySelector(values);
      if (input) return input;
    }
    return null;
  }

  table.addEventListener('keydown', function (event) {
    var fold = event.target.closest('details');
    if (event.key === 'Escape' && fold && fold.open) {
      fold.open = false;
      fold.querySelector('summary').focus();
    }
    if (event.key === 'Enter' && event.target.matches('details input')) event.preventDefault(); // likewise
    if (!event.target.matches(values) || event.altKey || event.ctrlKey || event.metaKey) return;
    var step = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    var next = neighbour(event.target, step);
    event.preventDefault(); // Enter would send the form, half typed
    if (next) {
      next.focus();
      next.select();
    }
  });

  // unfold puts the fields for comment and files into a cell, in place of the link to them.
  function unfold(cell) {
    var value = cell.querySelector(values), link = cell.querySelector('a.more');
    if (!value || !link) return null;
    var fold = pattern.content.firstElementChild.cloneNode(true), summary = fold.querySelector('summary');
    fold.querySelectorAll('[name]').forEach(function (field) {
      field.name += value.name.slice(2);
    });
    fold.querySelectorAll('[aria-describedby]').forEach(function (field) {
      field.setAttribute('aria-describedby', (value.getAttribute('aria-labelledby') + ' ' + field.getAttribute('aria-describedby')).trim());
    });
    fold.querySelector('textarea').value = link.dataset.comment || '';
    fold.querySelector('a').href = link.href;
    if (!link.hasAttribute('aria-label')) {
      summary.removeAttribute('aria-label');
      summary.textContent = link.textContent;
    }
    link.replaceWith(fold);
    return fold;
  }

  table.addEventListener('click', function (event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    var link = event.target.closest('a.more'), whole = event.target.closest('button[name="open"]');
    if (!link && !whole) return;
    var folds = Array.from(link ? [link.parentElement] : whole.closest('tr').cells).map(unfold).filter(Boolean);
    if (folds.length === 0) return;
    event.preventDefault();
    folds.forEach(function (fold) { fold.open = true; });
    if (whole) whole.remove();
    folds[0].querySelector('textarea').focus();
  });
})();
