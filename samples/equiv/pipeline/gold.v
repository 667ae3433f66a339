// Multiplies and adds in two stages. The registers have no initial value: they differ only until data arrives.
module pipeline(input clk, input [3:0] a, b, c, output reg [8:0] result);
  reg [7:0] product;
  reg [3:0] addend;
  always @(posedge clk) begin
    product <= a * b;
    addend <= c;
    result <= product + addend;
  end
endmodule
