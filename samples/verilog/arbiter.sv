// A round-robin arbiter for four requesters, without an .sby: its assertions are proved as they stand.
// Verdicts: one_at_a_time, only_asked and no_idling are proved, all_served is covered.
module arbiter (
  input  wire       clk,
  input  wire [3:0] request,
  output reg  [3:0] grant
);
  reg [1:0] last = 3;
  initial grant = 0;

  // Requests seen from the one after the last winner.
  wire [3:0] turned = {request, request} >> (last + 1);
  wire [1:0] ahead  = turned[0] ? 0 : turned[1] ? 1 : turned[2] ? 2 : 3;
  wire [1:0] winner = last + 1 + ahead;

  always @(posedge clk) begin
    grant <= request == 0 ? 0 : 4'b1 << winner;
    if (request != 0) last <= winner;
  end

  reg [3:0] asked = 0;
  reg [3:0] served = 0;
  always @(posedge clk) begin
    asked  <= request;
    served <= served | grant;
  end

  always @* begin
    one_at_a_time: assert ((grant & (grant - 4'd1)) == 0);
    only_asked: assert ((grant & ~asked) == 0);
    no_idling: assert (asked == 0 || grant != 0);
    all_served: cover (served == 4'b1111);
  end
endmodule
