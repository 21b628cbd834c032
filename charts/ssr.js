// Draws one option as SVG with ECharts, outside a browser. Go provides measure.
(function () {
  var context = { font: '12px sans-serif', measureText: function (text) { return { width: measure(text, this.font) }; } };
  echarts.setPlatformAPI({
    createCanvas: function () { return { getContext: function () { return context; } }; },
    measureText: function (text, font) { return { width: measure(text, font || context.font) }; }
  });
  return function (option, width, height) {
    var chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: width, height: height });
    try {
      chart.setOption(JSON.parse(option));
      return chart.getZr().painter.renderToString({ cssAnimation: false, cssEmphasis: false, useViewBox: true });
    } finally {
      chart.dispose();
    }
  };
})();
