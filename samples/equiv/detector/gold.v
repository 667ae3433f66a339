// Says when the last four bits were 1011, overlapping, with a binary state.
module detector(input clk, input rst, input bit_in, output found);
  localparam NONE = 0, ONE = 1, TEN = 2, HUNDREDONE = 3, ALL = 4;
  reg [2:0] state = NONE;
  always @(posedge clk)
    if (rst) state <= NONE;
    else case (state)
      NONE: state <= bit_in ? ONE : NONE;
      ONE: state <= bit_in ? ONE : TEN;
      TEN: state <= bit_in ? HUNDREDONE : NONE;
      HUNDREDONE: state <= bit_in ? ALL : TEN;
      default: state <= bit_in ? ONE : TEN;
    endcase
  assign found = state == ALL;
endmodule
