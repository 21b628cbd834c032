// Starts the charts of a page, in place of the still pictures that are there first
// and stay for paper. Each box names its option, which stands beside it as JSON in two
// layouts: for a column of a page, and for a phone.
(function () {
  'use strict';
  if (!window.echarts) return;
  var narrowBelow = 700; // pixels of the box
  var language = document.documentElement.lang.toUpperCase();

  function option(box, layout) {
    return JSON.parse(document.getElementById(box.dataset.chart + '-' + layout).textContent);
  }

  function start(box) {
    var chart = null, shown = '';
    box.parentElement.classList.add('live');
    function draw() {
      var layout = box.clientWidth < narrowBelow ? 'narrow' : 'wide';
      if (layout === shown) {
        chart.resize();
        return;
      }
      shown = layout;
      if (chart) chart.dispose();
      chart = window.echarts.init(box, null, { renderer: 'svg', locale: language });
      chart.setOption(option(box, layout));
    }
    new ResizeObserver(draw).observe(box);
  }

  document.querySelectorAll('[data-chart]').forEach(start);
})();
