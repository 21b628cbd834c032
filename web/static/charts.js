// Starts the charts of a page, in place of the still pictures that are there first
// and stay for paper. Each box names the addresses of its option in two layouts: for a column
// of a page, and for a phone. The server puts themeColours before this script: by which colour
// each colour of an option is replaced on dark screens, and for who asks for more contrast. What
// draws, a megabyte of script, is fetched once the page has been painted: it must not wait.
(function () {
  'use strict';
  var narrowBelow = 700; // pixels of the box
  var night = window.matchMedia('(prefers-color-scheme: dark)');
  var strong = window.matchMedia('(prefers-contrast: more), (forced-colors: active)');
  var language = document.documentElement.lang.toUpperCase();

  function theme() {
    return strong.matches ? (night.matches ? 'dark-contrast' : 'contrast') : (night.matches ? 'dark' : 'light');
  }

  function inColours(option) {
    var all = themeColours[theme()] || {};
    return JSON.parse(option, function (key, value) {
      return Object.hasOwn(all, value) ? all[value] : value;
    });
  }

  // Shows the still picture after all, where the other does not come.
  function keep(box) { box.parentElement.classList.remove('awaited'); }

  function start(box) {
    var chart = null, shown = '', options = {};
    // Each option is fetched once. The still picture stays where one does not come.
    function option(layout) {
      options[layout] = options[layout] || fetch(box.dataset[layout]).then(function (answer) {
        if (!answer.ok) throw new Error(answer.statusText);
        return answer.text();
      });
      return options[layout];
    }
    function draw() {
      if (!box.isConnected) return stop();
      var layout = box.parentElement.clientWidth < narrowBelow ? 'narrow' : 'wide';
      var look = layout + theme();
      if (chart) chart.resize();
      if (look === shown) return;
      shown = look;
      box.setAttribute('aria-busy', 'true');
      option(layout).then(function (text) {
        if (look !== shown || !box.isConnected) return;
        box.parentElement.classList.add('live');
        if (chart) chart.dispose();
        chart = window.echarts.init(box, null, { renderer: 'svg', locale: language });
        chart.setOption(inColours(text));
        box.removeAttribute('aria-busy');
      }, function () {
        delete options[layout];
        shown = '';
        keep(box);
        box.removeAttribute('aria-busy');
      });
    }
    // A box that has left the page is forgotten.
    function stop() {
      watched.disconnect();
      [night, strong].forEach(function (wish) { wish.removeEventListener('change', draw); });
      if (chart) chart.dispose();
      chart = null;
    }
    var watched = new ResizeObserver(draw);
    watched.observe(box.parentElement);
    [night, strong].forEach(function (wish) { wish.addEventListener('change', draw); });
  }

  // A picture of points for slides, twice as fine as the screen's.
  function paint(button) {
    button.hidden = false;
    button.addEventListener('click', function () {
      var picture = new Image();
      picture.onload = function () {
        var canvas = document.createElement('canvas');
        canvas.width = picture.naturalWidth * 2;
        canvas.height = picture.naturalHeight * 2;
        canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
        var link = document.createElement('a');
        link.download = new URL(picture.src).pathname.slice(1).replace(/^charts\/[a-z]+\//, 'jalon-').replace(/[/%]/g, '-').replace(/svg$/, 'png');
        link.href = canvas.toDataURL('image/png');
        link.click();
      };
      picture.src = button.dataset.png;
    });
  }

  // A server that has not been told its public name does not write it into pages.
  function complete(code) {
    var address = code.dataset.frame;
    code.value = code.value.replace('src="' + address, 'src="' + new URL(address, location.href).href);
  }

  // The engine and the words of its language, one after the other.
  var engine = [document.currentScript.dataset.engine, document.currentScript.dataset.words];
  var ready = painted().then(function () {
    return engine.filter(Boolean).reduce(function (before, address) {
      return before.then(function () { return load(address); });
    }, Promise.resolve());
  });

  function painted() {
    return new Promise(function (done) {
      requestAnimationFrame(function () { setTimeout(done); });
    });
  }
  function load(address) {
    return new Promise(function (done, failed) {
      var script = document.createElement('script');
      script.onload = done;
      script.onerror = failed;
      script.src = address;
      document.head.append(script);
    });
  }

  function all(within) {
    var boxes = within.querySelectorAll('[data-chart]');
    boxes.forEach(function (box) { box.parentElement.classList.add('awaited'); }); // or all still pictures would be fetched, too
    ready.then(function () { boxes.forEach(start); }, function () { boxes.forEach(keep); });
    within.querySelectorAll('[data-png]').forEach(paint);
    within.querySelectorAll('[data-frame]').forEach(complete);
  }
  all(document);
  document.addEventListener('renewed', function (event) { all(event.target); }); // by choices.js
})();
