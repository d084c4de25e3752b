#include "metrics/exposition.h"

#include <gtest/gtest.h>

namespace upyd {
namespace {

using Format = Exposition::Format;
using Kind = Exposition::Kind;

std::string all_kinds(Format format) {
  Exposition to(format);
  to.family("a_build", Kind::Info, "The version.");
  to.sample({{"version", "1.2"}}, 1);
  to.family("a_runs", Kind::Counter, "Runs.");
  to.sample({}, 3);
  to.family("a_heap_bytes", Kind::Gauge, "Heap.");
  to.sample({{"name", "x"}, {"kind", "y"}}, 0.25);
  to.family("a_seconds", Kind::Histogram, "Times.");
  to.bucket({{"method", "m"}}, "0.1", 1);
  to.bucket({}, "+Inf", 2);
  to.sum({{"method", "m"}}, 1.5, 2);
  return to.finish();
}

TEST(ExpositionTest, OpenMetrics) {
  EXPECT_EQ(all_kinds(Format::OpenMetrics),
            "# HELP a_build The version.\n"
            "# TYPE a_build info\n"
            "a_build_info{version=\"1.2\"} 1\n"
            "# HELP a_runs Runs.\n"
            "# TYPE a_runs counter\n"
            "a_runs_total 3\n"
            "# HELP a_heap_bytes Heap.\n"
            "# TYPE a_heap_bytes gauge\n"
            "a_heap_bytes{name=\"x\",kind=\"y\"} 0.25\n"
            "# HELP a_seconds Times.\n"
            "# TYPE a_seconds histogram\n"
            "a_seconds_bucket{method=\"m\",le=\"0.1\"} 1\n"
            "a_seconds_bucket{le=\"+Inf\"} 2\n"
            "a_seconds_sum{method=\"m\"} 1.5\n"
            "a_seconds_count{method=\"m\"} 2\n"
            "# EOF\n");
}

TEST(ExpositionTest, InTheOlderFormatFamiliesAreCalledAsTheirSamples) {
  const std::string text = all_kinds(Format::Text);
  EXPECT_TRUE(text.starts_with("# HELP a_build_info The version.\n# TYPE a_build_info gauge\na_build_info{")) << text;
  EXPECT_NE(text.find("# TYPE a_runs_total counter\na_runs_total 3\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("EOF"), std::string::npos);
}

TEST(ExpositionTest, LabelsMayBeAnyText) {
  Exposition to(Format::Text);
  to.family("a", Kind::Gauge, "A.");
  to.sample({{"name", "q\"b\\n\nx\xFF"}}, 1e300);
  EXPECT_NE(to.finish().find("\na{name=\"q\\\"b\\\\n\\nx\xEF\xBF\xBD\"} 1e+300\n"), std::string::npos);
}

TEST(ExpositionTest, TheScraperChoosesTheFormat) {
  for (const char* accept :
       {"application/openmetrics-text", "text/plain;q=0.5, application/openmetrics-text; version=1.0.0;q=0.75",
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/"
        "plain;version=0.0.4;q=0.5,*/*;q=0.1"}) {
    EXPECT_EQ(Exposition::preferred(accept), Format::OpenMetrics) << accept;
  }
  for (const char* accept : {"", "*/*", "text/plain;version=0.0.4", "application/openmetrics-text;q=0",
                             "application/openmetrics-text ; version=1.0.0 ; q=0.0 , text/plain", ",;,;", "q"}) {
    EXPECT_EQ(Exposition::preferred(accept), Format::Text) << accept;
  }
}

}  // namespace
}  // namespace upyd
