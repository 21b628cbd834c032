// Draws one option as SVG with ECharts, outside a browser. Go provides measure.
(function () {
  var context = { font: '12px sans-serif', measureText: function (text) { return { width: measure(text, this.font) }; } };
  echarts.setPlatformAPI({
    createCanvas: function () { return { getContext: function () { return context; } }; },
    measureText: function (text, font) { return { width: measure(text, font || context.font) }; }
  });
  // A picture is not pointed at: what is there for the pointer only is left out.
  function still(option) {
    delete option.tooltip;
    delete option.dataZoom;
    option.series = (option.series || []).filter(function (series) { return series.id !== 'pointer'; });
    option.series.forEach(function (series) {
      if (!Array.isArray(series.data)) return;
      series.data = series.data.map(function (datum) {
        if (datum === null || typeof datum !== 'object' || !datum.tooltip) return datum;
        delete datum.tooltip;
        return Object.keys(datum).length === 1 ? datum.value : datum;
      });
    });
    return option;
  }
  return function (option, width, height) {
    var chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: width, height: height });
    try {
      chart.setOption(still(JSON.parse(option)));
      return chart.getZr().painter.renderToString({ cssAnimation: false, cssEmphasis: false, useViewBox: true });
    } finally {
      chart.dispose();
    }
  };
})();
