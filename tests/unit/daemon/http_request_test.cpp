#include "metrics/http_request.h"

#include <gtest/gtest.h>

namespace upyd {
namespace {

TEST(HttpRequestTest, ReadsWhatMatters) {
  const auto request =
      read_http_head("GET /metrics?x=1 HTTP/1.1\r\nHost: a\r\nACCEPT: text/plain\r\nAccept:x/y\r\nA: b:c\r\n\r\n");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->method, "GET");
  EXPECT_EQ(request->path, "/metrics");
  EXPECT_EQ(request->accept, " text/plain,x/y");
  EXPECT_TRUE(read_http_head("HEAD / HTTP/1.0\r\n\r\n"));
}

TEST(HttpRequestTest, RefusesWhatIsNone) {
  for (const char* head :
       {"\r\n\r\n", "GET\r\n\r\n", "GET /metrics\r\n\r\n", "GET  HTTP/1.1\r\n\r\n", "GET / HTTP/2.0\r\n\r\n",
        "GET / x HTTP/1.1\r\n\r\n", " / HTTP/1.1\r\n\r\n", "GET /\x01 HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"}) {
    EXPECT_FALSE(read_http_head(head)) << head;
  }
}

TEST(HttpRequestTest, AnAnswerEndsTheConnection) {
  EXPECT_EQ(http_answer("GET", "200 OK", "text/plain", "abc"),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc");
  EXPECT_EQ(http_answer("HEAD", "200 OK", "text/plain", "abc", "A: b\r\n"),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nA: b\r\nConnection: close\r\n\r\n");
}

}  // namespace
}  // namespace upyd
