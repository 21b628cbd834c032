// Starts the charts of a page, in place of the still pictures that are there first
// and stay for paper. Each box names its option, which stands beside it as JSON in two
// layouts: for a column of a page, and for a phone. The server puts nightColours before
// this script: by which colour each colour of an option is replaced on dark screens.
(function () {
  'use strict';
  if (!window.echarts) return;
  var narrowBelow = 700; // pixels of the box
  var night = window.matchMedia('(prefers-color-scheme: dark)');
  var language = document.documentElement.lang.toUpperCase();

  function option(box, layout) {
    return JSON.parse(document.getElementById(box.dataset.chart + '-' + layout).textContent, function (key, value) {
      return night.matches && Object.hasOwn(nightColours, value) ? nightColours[value] : value;
    });
  }

  function start(box) {
    var chart = null, shown = '';
    box.parentElement.classList.add('live');
    function draw() {
      var layout = box.clientWidth < narrowBelow ? 'narrow' : 'wide';
      var look = layout + night.matches;
      if (look === shown) {
        chart.resize();
        return;
      }
      shown = look;
      if (chart) chart.dispose();
      chart = window.echarts.init(box, null, { renderer: 'svg', locale: language });
      chart.setOption(option(box, layout));
    }
    new ResizeObserver(draw).observe(box);
    night.addEventListener('change', draw);
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

  document.querySelectorAll('[data-chart]').forEach(start);
  document.querySelectorAll('[data-png]').forEach(paint);
  document.querySelectorAll('[data-frame]').forEach(complete);
})();
